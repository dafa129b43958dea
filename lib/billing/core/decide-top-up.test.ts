import { describe, expect, it } from "vitest";
import {
  afterFailure,
  chargeOutcome,
  consentEnded,
  decideTopUp,
  isHardDecline,
  liftsPause,
  monthOf,
  nextMonth,
  REST_MS,
  type TopUpFacts,
} from "./decide-top-up";

const NOW = new Date("2026-11-25T12:00:00Z");
const later = new Date(NOW.getTime() + 1);

const READY: TopUpFacts = {
  enabled: true,
  balance: 99_999_999n,
  threshold: 100_000_000n,
  stopped: null,
  pausedReason: null,
  restUntil: null,
  attemptOpen: false,
  linkUntil: null,
  pack: { pricePence: 1_000 },
  hasCard: true,
  monthlyLimitPence: null,
  monthPence: 0,
  chargesInHour: 0,
};

describe("whether a pack may be bought now", () => {
  it.each<[string, Partial<TopUpFacts>, object]>([
    ["a microcredit below the threshold", {}, { kind: "try", pricePence: 1_000 }],
    ["at the threshold", { balance: 100_000_000n }, { kind: "not_needed" }],
    ["in overdraft", { balance: -5n }, { kind: "try" }],
    ["switched off", { enabled: false }, { kind: "off" }],
    ["frozen by support", { stopped: "frozen" }, { kind: "suspended", by: "frozen" }],
    ["past_due, say", { stopped: "state" }, { kind: "suspended", by: "state" }],
    ["while a charge is under way", { attemptOpen: true }, { kind: "charging" }],
    ["paused", { pausedReason: "hard_decline" }, { kind: "paused", reason: "hard_decline" }],
    ["resting", { restUntil: later }, { kind: "resting", until: later }],
    ["when the rest is over", { restUntil: NOW }, { kind: "try" }],
    ["with a live link", { linkUntil: later }, { kind: "needs_authentication", until: later }],
    ["when the link has expired", { linkUntil: NOW }, { kind: "try" }],
    ["with its pack withdrawn", { pack: null }, { kind: "pack_unavailable" }],
    [
      "with its pack withdrawn, whatever the balance",
      { pack: null, balance: READY.threshold },
      { kind: "pack_unavailable" },
    ],
    ["without a card", { hasCard: false }, { kind: "no_card" }],
    ["up to the limit exactly", { monthlyLimitPence: 3_000, monthPence: 2_000 }, { kind: "try" }],
    [
      "a penny beyond the limit",
      { monthlyLimitPence: 3_000, monthPence: 2_001 },
      { kind: "limit_reached", limitPence: 3_000 },
    ],
    ["after two charges in the hour", { chargesInHour: 2 }, { kind: "try" }],
    ["after three charges in the hour", { chargesInHour: 3 }, { kind: "too_many_charges" }],
  ])("%s", (_, facts, decision) => {
    expect(decideTopUp({ ...READY, ...facts }, NOW)).toMatchObject(decision);
  });

  it("a limit that is reached says nothing while the balance is above the threshold", () => {
    const facts = { ...READY, balance: READY.threshold, monthlyLimitPence: 1_000, monthPence: 1_000 };
    expect(decideTopUp(facts, NOW)).toEqual({ kind: "not_needed" });
  });
});

it.each([
  ["stands", { enabled: true, consentId: "c1" }, undefined],
  ["was replaced", { enabled: true, consentId: "c2" }, "terms_changed"],
  ["was withdrawn", { enabled: false, consentId: "c1" }, "switched_off"],
  ["is not there", undefined, "switched_off"],
] as const)("a charge's consent %s", (_, topUp, ended) => {
  expect(consentEnded(topUp, { consentId: "c1" })).toBe(ended);
});

describe("the calendar month of a charge is London's", () => {
  it.each([
    ["2026-11-30T23:59:59.999Z", "2026-11", "2026-12-01T00:00:00.000Z"],
    ["2026-12-31T23:59:59Z", "2026-12", "2027-01-01T00:00:00.000Z"],
    ["2026-06-30T22:59:59Z", "2026-06", "2026-06-30T23:00:00.000Z"],
    ["2026-06-30T23:00:00Z", "2026-07", "2026-07-31T23:00:00.000Z"],
  ])("%s counts towards %s, and the next begins at %s", (at, month, next) => {
    expect(monthOf(new Date(at))).toBe(month);
    expect(nextMonth(new Date(at)).toISOString()).toBe(next);
  });
});

describe("what became of a charge", () => {
  const read = {
    status: "requires_payment_method",
    errorCode: null,
    declineCode: null,
    cancellationReason: null,
  };
  const declinedBy = (code: string) => ({ ...read, errorCode: "card_declined", declineCode: code });

  it.each([
    [{ ...read, status: "succeeded" }, { kind: "paid" }],
    [{ ...read, status: "processing" }, { kind: "processing" }],
    [read, { kind: "unsent" }],
    [{ ...read, status: "requires_confirmation" }, { kind: "unsent" }],
    [{ ...read, status: "requires_action" }, { kind: "needs_authentication" }],
    [{ ...read, errorCode: "authentication_required" }, { kind: "needs_authentication" }],
    [declinedBy("authentication_required"), { kind: "needs_authentication" }],
    [{ ...read, status: "canceled", cancellationReason: "abandoned" }, { kind: "needs_authentication" }],
    [{ ...read, status: "canceled", cancellationReason: "requested_by_customer" }, { kind: "withdrawn" }],
    [declinedBy("insufficient_funds"), { kind: "failed", reason: "insufficient_funds" }],
    [
      { ...declinedBy("lost_card"), status: "canceled" },
      { kind: "failed", reason: "card_lost" },
    ],
    [
      { ...read, errorCode: "expired_card", declineCode: "expired_card" },
      { kind: "failed", reason: "card_expired" },
    ],
    [
      { ...read, errorCode: "processing_error" },
      { kind: "failed", reason: "processing_error", hard: false },
    ],
    [
      { ...read, declineCode: "stolen_card" },
      { kind: "failed", reason: "card_lost", hard: true },
    ],
    [declinedBy("a_code_of_next_year"), { kind: "failed", reason: "declined" }],
  ])("%j", (facts, outcome) => {
    expect(chargeOutcome(facts)).toMatchObject(outcome);
  });
});

describe("what follows a failure", () => {
  it("the first and the second rest an hour; the third in a row pauses", () => {
    const until = new Date(NOW.getTime() + REST_MS);
    expect(afterFailure(0, false, NOW)).toEqual({ kind: "rest", failures: 1, until, first: true });
    expect(afterFailure(1, false, NOW)).toEqual({ kind: "rest", failures: 2, until, first: false });
    expect(afterFailure(2, false, NOW)).toEqual({ kind: "pause", failures: 3, reason: "declined" });
  });

  it.each([
    ["card_lost", "lost_card", true],
    ["card_expired", "expired_card", true],
    ["card_gone", null, true],
    ["declined", "fraudulent", true],
    ["declined", "generic_decline", false],
    ["declined", "do_not_honor", false],
    ["insufficient_funds", "insufficient_funds", false],
    ["processing_error", "processing_error", false],
  ] as const)("%s (%s) pauses at once: %s", (reason, code, isHard) => {
    expect(isHardDecline(reason, code)).toBe(isHard);
    expect(afterFailure(0, isHard, NOW)).toMatchObject(
      isHard ? { kind: "pause", reason: "hard_decline" } : { kind: "rest" },
    );
  });
});

describe("a card lifts a pause", () => {
  it.each([
    ["another one", "declined", "fp_1", "fp_2", true],
    ["the one that failed, attached again", "declined", "fp_1", "fp_1", false],
    ["any, where none is known to have failed", "hard_decline", null, "fp_1", true],
    ["none", "declined", "fp_1", null, false],
    ["another one, after a dispute", "dispute", "fp_1", "fp_2", false],
    ["another one, where nothing is paused", null, "fp_1", "fp_2", false],
  ] as const)("%s", (_, paused, failed, arrived, lifts) => {
    expect(liftsPause(paused, failed, arrived)).toBe(lifts);
  });
});
