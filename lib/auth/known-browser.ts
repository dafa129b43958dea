import { createHmac } from "node:crypto";
import { env } from "@/lib/shared/env";
import { newId } from "@/lib/shared/ids";
import { sameSecret } from "@/lib/shared/same-secret";
import { cookieIn, ownCookie } from "./cookies";

const YEAR_SECONDS = 365 * 24 * 3_600;

const sign = (text: string): string =>
  createHmac("sha256", env().AUTH_SECRET).update(`known-browser:${text}`).digest("base64url");

/** An account as it may stand in a counter's key or a cookie's name. */
export const accountKey = (email: string): string => sign(email.toLowerCase()).slice(0, 22);

const cookieName = (account: string): string => `torqueflow.known.${account}`;

/** The browser's id where it has signed in to this account before; undefined for any other, and for a forged one. */
export function knownBrowser(headers: Headers, account: string): string | undefined {
  const [id, signature] = cookieIn(headers, cookieName(account))?.split(".") ?? [];
  return id && signature && sameSecret(signature, sign(`${account}:${id}`)) ? id : undefined;
}

/** The `Set-Cookie` by which a browser is known from now on to have signed in to this account. */
export function rememberBrowser(account: string): string {
  const id = newId();
  const value = `${id}.${sign(`${account}:${id}`)}`;
  return ownCookie(cookieName(account), value, { path: "/api/auth", seconds: YEAR_SECONDS });
}
