import { createHmac } from "node:crypto";
import { env } from "@/lib/shared/env";
import { newId } from "@/lib/shared/ids";
import { sameSecret } from "@/lib/shared/same-secret";

const YEAR_SECONDS = 365 * 24 * 3_600;

const sign = (text: string): string =>
  createHmac("sha256", env().AUTH_SECRET).update(`known-browser:${text}`).digest("base64url");

/** An account as it may stand in a counter's key or a cookie's name. */
export const accountKey = (email: string): string => sign(email.toLowerCase()).slice(0, 22);

const cookieName = (account: string): string => `torqueflow.known.${account}`;

/** The browser's id where it has signed in to this account before; undefined for any other, and for a forged one. */
export function knownBrowser(headers: Headers, account: string): string | undefined {
  const cookies = (headers.get("cookie") ?? "").split("; ");
  const [id, signature] =
    cookies
      .find((cookie) => cookie.startsWith(`${cookieName(account)}=`))
      ?.slice(cookieName(account).length + 1)
      .split(".") ?? [];
  return id && signature && sameSecret(signature, sign(`${account}:${id}`)) ? id : undefined;
}

/** The `Set-Cookie` by which a browser is known from now on to have signed in to this account. */
export function rememberBrowser(account: string): string {
  const id = newId();
  const secure = env().APP_URL.startsWith("https://") ? "; Secure" : "";
  return `${cookieName(account)}=${id}.${sign(`${account}:${id}`)}; Path=/api/auth; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
