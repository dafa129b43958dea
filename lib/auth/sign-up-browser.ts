import { sameSecret } from "@/lib/shared/same-secret";
import { cookieIn, ownCookie } from "./cookies";
import { KEPT_DAYS, LINKS } from "./link-kinds";
import { hashOf, newSecret } from "./secrets";

const COOKIE = "torqueflow.sign-up";
const SECRET = /^[\w-]{43}$/;

/** As long as the link of a sign-up can be used or sent again. */
const SECONDS = (LINKS["sign-up"].hours + KEPT_DAYS * 24) * 3_600;

const secretOf = (headers: Headers): string | undefined => {
  const secret = cookieIn(headers, COOKIE);
  return secret !== undefined && SECRET.test(secret) ? secret : undefined;
};

/**
 * The browser that asks for a sign-up: the hash that its links are bound to, and the `Set-Cookie` by which it is known. One
 * that asks again keeps its secret, so that all of its links stay its own.
 */
export function browserOf(headers: Headers): { readonly hash: string; readonly cookie: string } {
  const secret = secretOf(headers) ?? newSecret();
  return { hash: hashOf(secret), cookie: ownCookie(COOKIE, secret, { path: "/api", seconds: SECONDS }) };
}

/** Whether a sign-up with this hash was begun in this browser. */
export function begunHere(hash: string | null, headers: Headers): boolean {
  const secret = secretOf(headers);
  return hash !== null && secret !== undefined && sameSecret(hashOf(secret), hash);
}
