import { createHash } from "node:crypto";

/**
 * Stripe's idempotency key for one cause and one body: the same request made again has the same key, and a changed one is
 * not refused for the body of an earlier one. A digest, because a key is an HTTP header and typed text may not fit into one.
 */
export function idempotencyKey(cause: string, body: object): string {
  return `${cause}:${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 32)}`;
}
