import { expect, it } from "vitest";
import { microUsd } from "@/lib/shared/money";
import { clawbackTarget } from "./clawback";
import { priceUsage, type Rates } from "./price-usage";

const rates: Rates = {
  version: "test",
  microcreditsPerCent: { voice: 1_000_000n, whatsapp: 2_500_000n, sms: 333_333n, diagnostics: 0n },
  microGbpPerUsd: 790_000n,
};

it.each([
  ["voice", 167_800n, 16_780_000n, 132_562n],
  ["whatsapp", 10_000n, 2_500_000n, 7_900n],
  ["sms", 1n, 33n, 1n],
  ["sms", 2n, 67n, 2n],
  ["diagnostics", 999n, 0n, 789n],
  ["voice", 0n, 0n, 0n],
] as const)(
  "%s at %s micro-dollars costs %s microcredits and %s micro-pounds of a trial",
  (channel, cost, credits, spend) => {
    expect(priceUsage(rates, channel, microUsd(cost))).toEqual({ microcredits: credits, spend });
  },
);

it("a refund takes back the floor of its share, cumulatively, and never more than was granted", () => {
  expect(clawbackTarget(1_000n, 333n, 1_000n)).toBe(333n);
  expect(clawbackTarget(1_000n, 1n, 3n)).toBe(333n);
  expect(clawbackTarget(1_000n, 3n, 3n)).toBe(1_000n);
  expect(clawbackTarget(1_000n, 9n, 3n)).toBe(1_000n);
  expect(clawbackTarget(1_000n, 0n, 3n)).toBe(0n);
});
