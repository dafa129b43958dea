import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { isMissing, isRefused } from "./errors";

/** As the SDK makes it of an answer. */
const answered = (statusCode: number, error: { readonly type: string; readonly code?: string }): unknown =>
  Stripe.errors.generateV1Error({
    message: "",
    headers: {},
    requestId: "req_1",
    statusCode,
    ...error,
  } as never);

const invalid = (code?: string) => ({ type: "invalid_request_error", ...(code ? { code } : {}) });

describe("Stripe has refused what was asked", () => {
  it.each([
    [400, invalid()],
    [400, invalid("payment_intent_unexpected_state")],
    [404, invalid("resource_missing")],
    [402, { type: "card_error", code: "card_declined" }],
  ])("%s %j", (status, error) => {
    expect(isRefused(answered(status, error))).toBe(true);
  });
});

describe("Stripe has said nothing of what was asked", () => {
  it.each([
    [401, invalid()],
    [403, invalid()],
    [409, invalid("lock_timeout")],
    [409, { type: "idempotency_error", code: "idempotency_key_in_use" }],
    [429, invalid("rate_limit")],
    [429, invalid("lock_timeout")],
    [400, invalid("rate_limit")],
    [400, invalid("lock_timeout")],
    [400, { type: "idempotency_error" }],
    [500, { type: "api_error" }],
  ])("%s %j", (status, error) => {
    expect(isRefused(answered(status, error))).toBe(false);
    expect(isMissing(answered(status, error))).toBe(false);
  });
});
