import { expect, test } from "vitest";
import { orderStatus } from "./order-status";

test.each([
  ["complete", "succeeded", "paid"],
  ["open", "succeeded", "paid"],
  [undefined, "succeeded", "paid"],
  ["complete", "processing", "processing"],
  [undefined, "processing", "processing"],
  ["complete", "requires_payment_method", "failed"],
  ["complete", undefined, "failed"],
  ["open", "requires_payment_method", "open"],
  ["open", "requires_action", "open"],
  [undefined, "requires_payment_method", "open"],
  ["expired", undefined, "expired"],
  ["expired", "canceled", "expired"],
  ["open", undefined, "open"],
] as const)("an order whose session is %s and whose payment is %s is %s", (status, payment, expected) => {
  expect(orderStatus("checkout", status && { status }, payment)).toBe(expected);
});

test("a charge that the bank wants authenticated waits for the cardholder", () => {
  expect(orderStatus("auto_top_up", undefined, "requires_action")).toBe("needs_authentication");
  expect(orderStatus("auto_top_up", undefined, "requires_payment_method")).toBe("open");
});
