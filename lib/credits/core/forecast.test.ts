import { expect, it } from "vitest";
import { changePercent, estimateText, TOO_THIN } from "./forecast";

const days = (...used: number[]) => [
  ...Array.from({ length: 14 - used.length }, () => 0n),
  ...used.map(BigInt),
];

it.each([
  [120n, days(40, 50, 50), "Based on your usage, these credits should last approximately 12 days."],
  [19n, days(40, 50, 50), "Based on your usage, these credits should last approximately 1 day."],
  [1n, days(40, 50, 50), "Based on your usage, these credits should last approximately 1 day."],
  [20n, days(40, 50, 50), "Based on your usage, these credits should last approximately 2 days."],
  [15_000n, days(4, 5, 5), "Based on your usage, these credits should last approximately 15,000 days."],
  [120n, days(70, 70), TOO_THIN],
  [120n, days(), TOO_THIN],
  [0n, days(40, 50, 50), null],
  [-5n, days(40, 50, 50), null],
])("a balance of %s with that usage reads: %s", (balance, usage, text) => {
  expect(estimateText(balance, usage)).toBe(text);
});

it.each([
  [150n, 100n, 50],
  [50n, 100n, -50],
  [100n, 100n, 0],
  [1_005n, 1_000n, 1],
  [1_004n, 1_000n, 0],
  [7n, 0n, null],
])("%s against %s is %s percent", (current, previous, percent) => {
  expect(changePercent(current, previous)).toBe(percent);
});
