import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * Meta's `X-Hub-Signature-256` over the raw bytes of a delivery, keyed with the app secret.
 * Source: developers.facebook.com, webhooks "Validating payloads"
 */
export const metaSignature = (appSecret: string, raw: Buffer | string): string =>
  `sha256=${createHmac("sha256", appSecret).update(raw).digest("hex")}`;

/** JSON as Meta writes it: everything beyond ASCII as `\u00e9` (so the raw bytes verify and a re-serialised body does not). */
export const escapedJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/**
 * Twilio's `X-Twilio-Signature`: the full URL as configured, then each parameter's name and value in the order of the
 * names, without separators; values of a repeated name once each and sorted. HMAC-SHA1, base64.
 * Source: twilio.com/docs/usage/security "Validating requests"
 */
export function twilioSignature(authToken: string, url: string, params: URLSearchParams): string {
  const names = [...new Set(params.keys())].sort();
  const text = names.map((name) =>
    [...new Set(params.getAll(name))]
      .sort()
      .map((value) => name + value)
      .join(""),
  );
  return createHmac("sha1", authToken)
    .update(withoutFragment(url) + text.join(""), "utf8")
    .digest("base64");
}

const withoutFragment = (url: string): string => url.split("#", 1)[0] ?? url;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares in constant time, whatever the lengths. */
export const same = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected));

export const bearerOf = (header: string | undefined): string =>
  /^Bearer +(\S+)$/i.exec(header ?? "")?.[1] ?? "";

/** User name and password of a Basic authorisation; both empty where there is none. */
export function basicOf(header: string | undefined): { user: string; password: string } {
  const encoded = /^Basic +(\S+)$/i.exec(header ?? "")?.[1] ?? "";
  const [user = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { user, password: rest.join(":") };
}
