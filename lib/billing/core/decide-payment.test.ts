import { expect, test } from "vitest";
import { checkoutStatus, decidePayment, type PaymentFacts } from "./decide-payment";

const ORDER = { credits: 1_000_000_000n, pricePence: 1_000 };
const PAID: PaymentFacts = {
  status: "succeeded",
  currency: "gbp",
  receivedPence: 1_000,
  refundedPence: 0,
  lostPence: 0,
  disputeOpen: false,
};

test.each([
  ["is paid", {}, { status: "paid", takenBack: 0n, returnedPence: 0 }],
  [
    "a third refunded",
    { refundedPence: 333 },
    { status: "partly_refunded", takenBack: 333_000_000n, returnedPence: 333 },
  ],
  [
    "refunded in full",
    { refundedPence: 1_000 },
    { status: "refunded", takenBack: 1_000_000_000n, returnedPence: 1_000 },
  ],
  ["disputed", { disputeOpen: true }, { status: "disputed", takenBack: 0n, returnedPence: 0 }],
  [
    "disputed and lost",
    { lostPence: 1_000 },
    { status: "charged_back", takenBack: 1_000_000_000n, returnedPence: 1_000 },
  ],
  [
    "refunded and lost as well, never more than it cost",
    { refundedPence: 600, lostPence: 1_000 },
    { status: "charged_back", takenBack: 1_000_000_000n, returnedPence: 1_000 },
  ],
] as const)("a payment that is %s", (_, facts, expected) => {
  expect(decidePayment({ ...PAID, ...facts }, ORDER)).toEqual({ kind: "paid", ...expected });
});

test.each(["requires_payment_method", "requires_action", "processing", "canceled", "a_new_one"])(
  "a payment that is %s grants nothing",
  (status) => {
    expect(decidePayment({ ...PAID, status }, ORDER)).toEqual({ kind: "unpaid" });
  },
);

test.each([
  ["in another currency", { currency: "eur" }],
  ["of less", { receivedPence: 999 }],
  ["of more", { receivedPence: 1_001 }],
])("a payment %s is not what was ordered, and is left to a person", (_, facts) => {
  expect(decidePayment({ ...PAID, ...facts }, ORDER)).toEqual({ kind: "mismatch" });
});

test.each([
  ["complete", "succeeded", "paid"],
  ["open", "succeeded", "paid"],
  [undefined, "succeeded", "paid"],
  ["complete", "processing", "processing"],
  [undefined, "processing", "processing"],
  ["complete", "requires_payment_method", "failed"],
  ["open", "requires_payment_method", "open"],
  [undefined, "requires_payment_method", "open"],
  ["expired", undefined, "expired"],
  ["expired", "canceled", "expired"],
  ["open", undefined, "open"],
] as const)("a checkout whose session is %s and whose payment is %s is %s", (status, payment, expected) => {
  expect(checkoutStatus(status && { status }, payment)).toBe(expected);
});
