import { expect, test } from "vitest";
import { vapiSignature } from "@/tests/factories/vapi";
import { verifyVoice } from "./verify";

const SHARED = "shared-secret-of-the-webhook";
const NOW = new Date("2026-11-21T10:00:00Z");
const SECONDS = String(NOW.getTime() / 1_000);
const BODY = '{"message":{"type":"hang"}}';

const verify = (headers: Record<string, string>, secrets = {}, body = BODY): boolean =>
  verifyVoice(new Headers(headers), Buffer.from(body), { shared: SHARED, ...secrets }, NOW);

const signed = (timestamp: string, secret = SHARED) => vapiSignature(BODY, secret, timestamp);

test.each([
  ["the plain secret", { "x-vapi-secret": SHARED }],
  ["a bearer token", { authorization: `Bearer ${SHARED}` }],
  ["a bearer token in small letters", { authorization: `bearer ${SHARED}` }],
  ["an HMAC with a timestamp in seconds", signed(SECONDS)],
  ["an HMAC with a timestamp in milliseconds", signed(String(NOW.getTime()))],
  [
    "an HMAC with its name before it",
    { ...signed(SECONDS), "x-signature": `sha256=${signed(SECONDS)["x-signature"]}` },
  ],
  ["an HMAC of four minutes ago", signed(String(NOW.getTime() / 1_000 - 240))],
])("%s lets a delivery in", (_, headers) => {
  expect(verify(headers)).toBe(true);
});

test.each([
  ["nothing", {}],
  ["an empty secret", { "x-vapi-secret": "" }],
  ["another secret", { "x-vapi-secret": "another-secret-altogether" }],
  ["a secret that only begins alike", { "x-vapi-secret": `${SHARED}x` }],
  ["another bearer token", { authorization: "Bearer another" }],
  ["basic authentication", { authorization: `Basic ${SHARED}` }],
  ["another key's HMAC", signed(SECONDS, "another-secret-altogether")],
  ["a stale HMAC", signed(String(NOW.getTime() / 1_000 - 301))],
  ["an HMAC of the future", signed(String(NOW.getTime() / 1_000 + 301))],
  ["an HMAC without a timestamp", { "x-signature": signed(SECONDS)["x-signature"] ?? "" }],
  ["an HMAC with another timestamp", { ...signed(SECONDS), "x-timestamp": String(Number(SECONDS) + 1) }],
  ["an HMAC with a nonsense timestamp", signed("now")],
])("%s does not", (_, headers) => {
  expect(verify(headers)).toBe(false);
});

test("a body changed after signing is refused", () => {
  expect(verify(signed(SECONDS), {}, `${BODY} `)).toBe(false);
});

test("an override serves instead of the shared secret, for its own way only", () => {
  const overrides = { bearer: "the-bearer-override", hmac: "the-hmac-override" };
  expect(verify({ authorization: "Bearer the-bearer-override" }, overrides)).toBe(true);
  expect(verify({ authorization: `Bearer ${SHARED}` }, overrides)).toBe(false);
  expect(verify(signed(SECONDS, "the-hmac-override"), overrides)).toBe(true);
  expect(verify(signed(SECONDS), overrides)).toBe(false);
  expect(verify({ "x-vapi-secret": SHARED }, overrides)).toBe(true);
});
