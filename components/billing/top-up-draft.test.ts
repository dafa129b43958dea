import { describe, expect, test } from "vitest";
import { fieldsOf, readFields, type TopUpFields } from "./top-up-draft";

const pack = (id: string, credits: number, pricePence: number) => ({
  ...{ id, name: id, credits, pricePence, label: id, maxThreshold: credits },
});
const STARTER = pack("starter", 1_000, 1_000);
const WORKSHOP = pack("workshop", 5_000, 4_500);
const NOTHING_SAVED = {
  ...{ threshold: null, packId: null, monthlyLimitPence: null, minThreshold: 10, packs: [STARTER, WORKSHOP] },
};
const SAVED = { ...NOTHING_SAVED, threshold: 1_500, packId: "workshop", monthlyLimitPence: 9_050 };

const read = (typed: Partial<TopUpFields>) => readFields(NOTHING_SAVED, fieldsOf(NOTHING_SAVED, typed));
const faultsOf = (typed: Partial<TopUpFields>) => {
  const answer = read({ threshold: "100", ...typed });
  return answer.kind === "faults" ? answer.faults : {};
};

describe("what the fields show", () => {
  test("before anything is saved: no threshold, the first pack, no limit", () => {
    expect(fieldsOf(NOTHING_SAVED, {})).toEqual({ threshold: "", packId: "starter", monthlyLimitPence: "" });
  });

  test("what is saved, and what was typed over it", () => {
    expect(fieldsOf(SAVED, {})).toEqual({
      threshold: "1,500",
      packId: "workshop",
      monthlyLimitPence: "90.50",
    });
    expect(fieldsOf(SAVED, { threshold: "20", monthlyLimitPence: "" })).toEqual({
      threshold: "20",
      packId: "workshop",
      monthlyLimitPence: "",
    });
  });
});

describe("what is typed is read as people write it", () => {
  test.each([
    ["100", 100],
    [" 1,000 ", 1_000],
    ["250 credits", 250],
    ["10", 10],
  ])("threshold “%s” is %i", (threshold, expected) => {
    expect(read({ threshold })).toMatchObject({ kind: "terms", terms: { threshold: expected } });
  });

  test.each([
    ["", null],
    ["50", 5_000],
    ["£1,250.5", 125_050],
    ["10.00", 1_000],
    ["19.99", 1_999],
  ])("limit “%s” is %s pence", (monthlyLimitPence, expected) => {
    expect(read({ threshold: "100", monthlyLimitPence })).toMatchObject({
      kind: "terms",
      terms: { monthlyLimitPence: expected },
    });
  });
});

describe("what is wrong is said at its field", () => {
  test.each(["", "9", "1001", "-5", "12.5", "many", "1e3", "9".repeat(20)])("threshold “%s”", (threshold) => {
    expect(faultsOf({ threshold })).toEqual({ threshold: "Enter a whole number from 10 to 1,000." });
  });

  test.each(["-5", "12.345", "ten", "1e3"])("limit “%s” is no amount", (monthlyLimitPence) => {
    expect(faultsOf({ monthlyLimitPence })).toEqual({
      monthlyLimitPence: "Enter an amount in pounds, such as 50, or leave it empty.",
    });
  });

  test("a limit below the pack’s price, by that price", () => {
    const price = "the price of the pack, or leave it empty.";
    expect(faultsOf({ monthlyLimitPence: "9.99" })).toEqual({
      monthlyLimitPence: `Enter at least £10.00, ${price}`,
    });
    expect(faultsOf({ packId: "workshop", monthlyLimitPence: "44" })).toEqual({
      monthlyLimitPence: `Enter at least £45.00, ${price}`,
    });
  });

  test("a pack that is not sold any more; the threshold then may be that of any", () => {
    expect(faultsOf({ packId: "gone", threshold: "5,000" })).toEqual({ packId: "Choose a credit pack." });
    expect(faultsOf({ packId: "gone", threshold: "5,001" })).toEqual({
      threshold: "Enter a whole number from 10 to 5,000.",
      packId: "Choose a credit pack.",
    });
  });
});
