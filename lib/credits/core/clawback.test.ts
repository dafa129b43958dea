import { expect, it } from "vitest";
import { clawbackTarget } from "./clawback";

it.each([
  ["two of three parts, rounded down", 1_000n, 2n, 3n, 666n],
  ["a third, rounded down", 1_000n, 1n, 3n, 333n],
  ["a penny of a thousand pounds", 10n, 1n, 100_000n, 0n],
  ["everything", 1_000n, 1_000n, 1_000n, 1_000n],
  ["more than was paid", 1_000n, 1_001n, 1_000n, 1_000n],
  ["all but a penny", 1_000n, 999n, 1_000n, 999n],
  ["nothing", 1_000n, 0n, 1_000n, 0n],
  ["less than nothing", 1_000n, -1n, 1_000n, 0n],
  ["of what cost nothing", 1_000n, 5n, 0n, 0n],
])("takes back %s", (_, granted, refundedPence, paidPence, target) => {
  expect(clawbackTarget(granted, refundedPence, paidPence)).toBe(target);
});
