import { expect, test } from "vitest";
import { decidePayment, type PaymentFacts } from "./decide-payment";

const TERMS = { microcredits: 1_000_000_000n, pricePence: 1_000 };
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
    "a part refunded and another part lost, which add up",
    { refundedPence: 300, lostPence: 400 },
    { status: "charged_back", takenBack: 700_000_000n, returnedPence: 700 },
  ],
  [
    "refunded and lost as well, never more than it cost",
    { refundedPence: 600, lostPence: 1_000 },
    { status: "charged_back", takenBack: 1_000_000_000n, returnedPence: 1_000 },
  ],
] as const)("a payment that is %s", (_, facts, expected) => {
  expect(decidePayment({ ...PAID, ...facts }, TERMS)).toEqual({ kind: "paid", ...expected });
});

test.each([
  [1, 333_333n],
  [2, 666_666n],
  [3, 1_000_000n],
])(
  "of 3 pence paid for one credit, %i back take %i microcredits: the share is rounded down",
  (refundedPence, takenBack) => {
    const terms = { microcredits: 1_000_000n, pricePence: 3 };
    expect(decidePayment({ ...PAID, receivedPence: 3, refundedPence }, terms)).toMatchObject({ takenBack });
  },
);

test.each(["requires_payment_method", "requires_action", "processing", "canceled", "a_new_one"])(
  "a payment that is %s grants nothing",
  (status) => {
    expect(decidePayment({ ...PAID, status }, TERMS)).toEqual({ kind: "unpaid" });
  },
);

test.each([
  ["in another currency", { currency: "eur" }],
  ["of less", { receivedPence: 999 }],
  ["of more", { receivedPence: 1_001 }],
])("a payment %s is not what was ordered, and is left to a person", (_, facts) => {
  expect(decidePayment({ ...PAID, ...facts }, TERMS)).toEqual({ kind: "mismatch" });
});
