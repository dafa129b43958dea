import { createHmac } from "node:crypto";
import { sameSecret } from "@/lib/shared/same-secret";

const MAX_CHALLENGE = 512;

/**
 * Meta's handshake when the webhook's address is set or changed: the challenge to answer with, as it stands, or
 * undefined where it is not for us. Source: Meta, "Create a webhook endpoint"
 */
export function answerHandshake(query: URLSearchParams, verifyToken: string): string | undefined {
  const challenge = query.get("hub.challenge");
  const isOurs =
    query.get("hub.mode") === "subscribe" && sameSecret(query.get("hub.verify_token") ?? "", verifyToken);
  return isOurs && challenge && challenge.length <= MAX_CHALLENGE ? challenge : undefined;
}

/**
 * Whether a delivery is Meta's: `X-Hub-Signature-256` is `sha256=` and the hex HMAC-SHA256 of the raw bytes under the
 * app secret. Over the bytes as they came: Meta escapes what a re-serialised body would not.
 */
export function verifyWhatsApp(headers: Headers, raw: Buffer, appSecret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers.get("x-hub-signature-256") ?? "")?.[1];
  if (given === undefined) return false;
  return sameSecret(given.toLowerCase(), createHmac("sha256", appSecret).update(raw).digest("hex"));
}
