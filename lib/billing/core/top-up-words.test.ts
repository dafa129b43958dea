import { expect, it } from "vitest";
import {
  beyondLimitWords,
  chargesNowWords,
  confirmTitle,
  consentWords,
  costPreview,
  deadLinkWords,
  notBeforeNextMonthWords,
  packLabel,
  TOP_UP_WORDS,
  thresholdRange,
} from "./top-up-words";

const STARTER = { name: "Starter", credits: 1_000, pricePence: 1_000 };

it("the sentences of the help page stand word for word", () => {
  expect(packLabel(STARTER)).toBe("Starter - 1,000 credits (£10.00)");
  expect(costPreview({ threshold: 100, pack: STARTER })).toBe(
    "When your balance drops below 100 credits, we’ll automatically charge £10.00 to your saved card.",
  );
  expect([confirmTitle(false), confirmTitle(true)]).toEqual(["Enable Auto Top-Up", "Update Auto Top-Up"]);
  expect(thresholdRange(10, 20_000)).toBe("10 to 20,000");
  expect(TOP_UP_WORDS).toEqual({
    noCard: "No saved payment method found. Make a credit purchase to save your card.",
    enabled: "Auto top-up enabled successfully",
    updated: "Auto top-up updated",
    disabled: "Auto top-up disabled",
    lastFailed: "Your last auto top-up failed. Please check your payment method.",
  });
});

it("what is agreed to names threshold, price, pack and limit", () => {
  const terms = {
    threshold: 1_500,
    pack: { ...STARTER, name: "Workshop", credits: 5_000, pricePence: 4_500 },
  };
  expect(consentWords({ ...terms, monthlyLimitPence: null })).toBe(
    "When your balance drops below 1,500 credits, we’ll automatically charge £45.00 to your saved card. Each charge buys Workshop - 5,000 credits. There is no monthly limit.",
  );
  expect(consentWords({ ...terms, monthlyLimitPence: 9_050 })).toContain(
    "No more than £90.50 is charged in a calendar month.",
  );
  expect(chargesNowWords(1_000)).toBe(
    "Your balance is below this already, so £10.00 is charged as soon as you confirm.",
  );
});

it("a limit that leaves no room for a pack is never called reached, and the dialog says that nothing is charged yet", () => {
  const beyond = "Another pack (£160.00) would go beyond your monthly limit of £200.00 (£55.00 spent).";
  expect(beyondLimitWords(16_000, 20_000, 5_500)).toBe(beyond);
  expect(notBeforeNextMonthWords(16_000, 20_000, 5_500)).toBe(
    `Your balance is below this already. ${beyond} Nothing can be charged before next month.`,
  );
});

it("a link that leads nowhere says whether time, a change or the switch ended it", () => {
  const expiresAt = new Date("2026-11-26T12:00:00Z");
  const ended = new Date("2026-11-26T11:59:00Z");
  const expired = "This link has expired. Nothing was charged.";
  expect(deadLinkWords({ endedAt: null, expiresAt }, true)).toBe(expired);
  expect(deadLinkWords({ endedAt: expiresAt, expiresAt }, true)).toBe(expired);
  expect(deadLinkWords({ endedAt: ended, expiresAt }, false)).toBe(
    "Auto top-up has been switched off. Nothing was charged.",
  );
  expect(deadLinkWords({ endedAt: ended, expiresAt }, true)).toBe(
    "Auto top-up has been changed, which ended this link. Nothing was charged.",
  );
});
