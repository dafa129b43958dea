import { describe, expect, it } from "vitest";
import type { TopUpFacts } from "./core/decide-top-up";
import { describeTopUp } from "./describe-top-up";
import type { TopUp } from "./store/top-ups";

const NOW = new Date("2026-11-25T12:00:00Z");
const LATER = new Date("2026-11-25T13:00:00Z");
const PACK = { id: "pack_1", name: "Fleet", credits: 20_000, pricePence: 16_000, stripePriceId: "price_1" };

const FACTS: TopUpFacts = {
  enabled: true,
  balance: 200n,
  threshold: 100n,
  stopped: null,
  pausedReason: null,
  restUntil: null,
  attemptOpen: false,
  linkUntil: null,
  pack: PACK,
  hasCard: true,
  monthlyLimitPence: null,
  monthPence: 5_500,
  chargesInHour: 0,
};

const TOP_UP: TopUp = {
  orgId: "org_1",
  enabled: true,
  threshold: 100n,
  packId: PACK.id,
  monthlyLimitPence: null,
  consentId: "consent_1",
  agreedPence: PACK.pricePence,
  agreedCredits: 20_000n,
  pausedReason: null,
  restUntil: null,
  restReason: null,
  failures: 0,
  failedFingerprint: null,
  version: 1,
};

const month = { reservedPence: 5_500, paidCount: 1, paidPence: 5_500 };

const stand = (facts: Partial<TopUpFacts> = {}, topUp: Partial<TopUp> = {}) =>
  describeTopUp({ facts: { ...FACTS, ...facts }, pack: PACK, month }, { ...TOP_UP, ...topUp }, NOW);
const wordsOf = (...given: Parameters<typeof stand>) => stand(...given).stateText;

const BEYOND =
  "Another pack (£160.00) would go beyond your monthly limit of £200.00 (£55.00 spent). Auto top-up goes on again on 1 December.";

describe("a limit into which no other pack fits", () => {
  it("names price, limit and what is spent, and the day on which it goes on", () => {
    for (const balance of [50n, 200n])
      expect(stand({ balance, monthlyLimitPence: 20_000 })).toEqual({
        state: "limit_reached",
        stateText: BEYOND,
        restsUntil: "2026-12-01T00:00:00.000Z",
      });
    expect(stand({ monthlyLimitPence: 21_500 })).toMatchObject({ state: "on" });
  });

  it("comes before a rest, after which nothing would be tried", () => {
    expect(wordsOf({ balance: 50n, restUntil: LATER, monthlyLimitPence: 20_000 })).toBe(BEYOND);
  });
});

it("a rest promises a charge only where one is wanted", () => {
  const rest = (balance: bigint, restReason: TopUp["restReason"]) =>
    wordsOf({ balance, restUntil: LATER }, { restReason });
  expect(rest(50n, "declined")).toBe(
    "The last charge failed. Auto top-up tries again after 25 November, 13:00.",
  );
  expect(rest(100n, "declined")).toBe(
    "Auto top-up is on. The last charge failed: it tries again when your balance falls below the threshold, not before 25 November, 13:00.",
  );
  expect(rest(50n, "too_many_charges")).toBe(
    "Three packs were bought within an hour. Auto top-up goes on after 25 November, 13:00.",
  );
  expect(rest(100n, "too_many_charges")).toBe(
    "Auto top-up is on. Three packs were bought within an hour: it buys the next when your balance falls below the threshold, not before 25 November, 13:00.",
  );
});

it("a payment to confirm is named by pack and amount, and is tried again only where it would be", () => {
  const asked = "Your bank asks you to confirm the payment of £160.00 for Fleet, until 25 November, 13:00.";
  const again = `${asked} After that it is tried again with your saved card.`;
  expect(wordsOf({ balance: 50n, linkUntil: LATER })).toBe(again);
  expect(wordsOf({ balance: 200n, linkUntil: LATER })).toBe(asked);
  expect(wordsOf({ balance: 50n, linkUntil: LATER, monthlyLimitPence: 20_000 })).toBe(asked);
  expect(wordsOf({ balance: 50n, linkUntil: LATER, hasCard: false })).toBe(asked);
});

it("a pause names another card first where the card is at fault, and not after a dispute", () => {
  expect(wordsOf({ pausedReason: "hard_decline" })).toBe(
    "Paused: Your bank does not accept your saved card. Add another card, or save auto top-up again, to resume it.",
  );
  expect(wordsOf({ pausedReason: "dispute" })).toBe(
    "Paused: A payment of yours is disputed. Save auto top-up again to resume it.",
  );
});
