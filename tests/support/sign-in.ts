import { request, sharedApp } from "./app";
import { sessionCookie } from "./session-cookie";

export type SignedIn = {
  readonly cookie: string;
  readonly get: (path: string) => Promise<Response>;
  readonly post: (path: string, body?: unknown) => Promise<Response>;
};

/** Signs a demo account in over HTTP, e.g. "owner@brightside.test". */
export async function signIn(email: string, password = "torqueflow-demo"): Promise<SignedIn> {
  const origin = sharedApp().url;
  // Each account from an address of its own: sign-in is rate limited by address.
  const address = addressOf(email);
  const cookie = await sessionCookie(origin, email, { password, address });
  const json = { "content-type": "application/json", origin, "x-forwarded-for": address };
  return {
    cookie,
    get: (path) => request(path, { headers: { cookie } }),
    post: (path, body) =>
      request(path, {
        method: "POST",
        headers: { ...json, cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

function addressOf(email: string): string {
  const sum = [...email].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 65_536, 7);
  return `10.20.${sum >> 8}.${sum & 255}`;
}
