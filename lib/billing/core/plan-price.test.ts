import { describe, expect, test } from "vitest";
import { planPrice, vatOf } from "./plan-price";

const PLAN = { monthlyPence: 10_000, yearlyPence: 90_000, taxPercent: 20, creditsPerBay: 500 };

describe("what a choice of bays costs", () => {
  test("four bays by the month: £100 each, VAT on top, 2,000 credits", () => {
    expect(planPrice(PLAN, { bays: 4, interval: "month" })).toEqual({
      perBayPence: 10_000,
      netPence: 40_000,
      vatPence: 8_000,
      totalPence: 48_000,
      creditsPerMonth: 2_000,
      savePercent: 25,
    });
  });

  test("four bays by the year: £75 each and month, billed at once, the same credits a month", () => {
    expect(planPrice(PLAN, { bays: 4, interval: "year" })).toEqual({
      perBayPence: 7_500,
      netPence: 360_000,
      vatPence: 72_000,
      totalPence: 432_000,
      creditsPerMonth: 2_000,
      savePercent: 25,
    });
  });

  test.each([
    [119_999, 0],
    [120_000, 0],
    [130_000, 0],
    [118_799, 1],
    [90_001, 24],
  ])("a yearly price of %i pence saves %i%%: never more than is true", (yearlyPence, savePercent) => {
    expect(planPrice({ ...PLAN, yearlyPence }, { bays: 1, interval: "year" }).savePercent).toBe(savePercent);
  });

  test.each([
    [12, 20, 2],
    [13, 20, 3],
    [2, 25, 1],
    [9_999, 17.5, 1_750],
    [10_000, 0, 0],
    [2, 33.3333, 1],
  ])("VAT on %i pence at %f%% is %i: half a penny counts as one", (net, percent, vat) => {
    expect(vatOf(net, percent)).toBe(vat);
  });
});
