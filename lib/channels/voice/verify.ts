import { createHmac } from "node:crypto";
import { readInstant } from "@/lib/shared/instant";
import { sameSecret } from "@/lib/shared/same-secret";

/** `shared` serves every way of signing; the others, where given, serve theirs instead of it. */
export type VoiceSecrets = {
  readonly shared: string;
  readonly bearer?: string | undefined;
  readonly hmac?: string | undefined;
};

const MAX_SKEW_MS = 5 * 60_000;

/**
 * Whether a delivery is the provider's: its plain secret (`X-Vapi-Secret`), its bearer token, or its HMAC over
 * `<timestamp>.<raw body>` (`x-signature`, `x-timestamp`, hex, at most five minutes old). One that holds is enough.
 * The provider does not say whether its timestamp is seconds or milliseconds, so both are read.
 * Source: docs.vapi.ai/server-url/server-authentication
 */
export function verifyVoice(headers: Headers, raw: Buffer, secrets: VoiceSecrets, now: Date): boolean {
  return (
    secretHolds(headers.get("x-vapi-secret"), secrets.shared) ||
    secretHolds(bearerOf(headers.get("authorization")), secrets.bearer ?? secrets.shared) ||
    signatureHolds(headers, raw, secrets.hmac ?? secrets.shared, now)
  );
}

const secretHolds = (given: string | null | undefined, expected: string): boolean =>
  given !== null && given !== undefined && sameSecret(given, expected);

const bearerOf = (header: string | null): string | undefined => /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];

function signatureHolds(headers: Headers, raw: Buffer, secret: string, now: Date): boolean {
  const signature = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(headers.get("x-signature") ?? "")?.[1];
  const timestamp = headers.get("x-timestamp") ?? "";
  if (signature === undefined || !/^\d{9,14}$/.test(timestamp)) return false;
  const at = readInstant(timestamp);
  if (!at || Math.abs(now.getTime() - at.getTime()) > MAX_SKEW_MS) return false;
  const expected = createHmac("sha256", secret).update(`${timestamp}.`).update(raw).digest("hex");
  return sameSecret(signature.toLowerCase(), expected);
}
