/** Signs a demo account in over HTTP; returns the session's Cookie header. Sign-in is rate limited by address. */
export async function sessionCookie(
  url: string,
  email: string,
  { password = "torqueflow-demo", address = "10.20.0.1" } = {},
): Promise<string> {
  const response = await fetch(new URL("/api/auth/sign-in/email", url), {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, "x-forwarded-for": address },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok)
    throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

/** The same cookies as a browser takes them. */
export const browserCookies = (cookie: string, url: string) =>
  cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
