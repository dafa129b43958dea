import { createHmac } from "node:crypto";
import { env } from "@/lib/shared/env";
import { newId } from "@/lib/shared/ids";
import { sameSecret } from "@/lib/shared/same-secret";
import { cookieIn, ownCookie } from "./cookies";
import { selectProofs } from "./store/credentials";

const YEAR_SECONDS = 365 * 24 * 3_600;

const sign = (text: string): string =>
  createHmac("sha256", env().AUTH_SECRET).update(`known-browser:${text}`).digest("base64url");

/** An account as it may stand in a counter's key or a cookie's name. */
export const accountKey = (email: string): string => sign(email.toLowerCase()).slice(0, 22);

const signBrowser = (account: string, id: string, proofs: string): string =>
  sign(`${account}:${id}:${proofs}`);

const cookieName = (account: string): string => `torqueflow.known.${account}`;

/**
 * The browser's id where it has signed in to the account of this address before, with the password and the second factor of now;
 * undefined for any other, and for a forged one.
 */
export async function knownBrowser(headers: Headers, email: string): Promise<string | undefined> {
  const account = accountKey(email);
  const [id, signature] = cookieIn(headers, cookieName(account))?.split(".") ?? [];
  if (!id || !signature) return undefined;
  const proofs = await selectProofs(email.toLowerCase());
  return proofs !== undefined && sameSecret(signature, signBrowser(account, id, proofs)) ? id : undefined;
}

/** The `Set-Cookie` by which a browser is known to have signed in to this account, until its password or second factor is another. */
export async function rememberBrowser(email: string): Promise<string> {
  const account = accountKey(email);
  const id = newId();
  const value = `${id}.${signBrowser(account, id, (await selectProofs(email.toLowerCase())) ?? "")}`;
  return ownCookie(cookieName(account), value, { path: "/api/auth", seconds: YEAR_SECONDS });
}
