import { createHash, createHmac } from "node:crypto";
import { env } from "@/lib/shared/env";

/** The token of a link: made again from its id whenever it is shown, and stored nowhere. */
const tokenOf = (linkId: string): string =>
  createHmac("sha256", env().AUTH_SECRET).update(`top-up-link:${linkId}`).digest("base64url");

/** The digest by which a token is looked up. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

export const tokenHashOf = (linkId: string): string => hashToken(tokenOf(linkId));

/** The page behind a link: it asks for sign-in, and leads to a Checkout that is made then. */
export const linkUrl = (linkId: string): string =>
  new URL(`/settings/billing/confirm-top-up/${tokenOf(linkId)}`, env().APP_URL).href;
