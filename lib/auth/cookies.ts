import { env } from "@/lib/shared/env";

/** The value of a cookie that a browser has sent; undefined without it. */
export const cookieIn = (headers: Headers, name: string): string | undefined =>
  (headers.get("cookie") ?? "")
    .split("; ")
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** A `Set-Cookie` that no script can read; with no seconds it takes the cookie away. */
export function ownCookie(name: string, value: string, at: { path: string; seconds: number }): string {
  const secure = env().APP_URL.startsWith("https://") ? "; Secure" : "";
  return `${name}=${value}; Path=${at.path}; Max-Age=${at.seconds}; HttpOnly; SameSite=Lax${secure}`;
}
