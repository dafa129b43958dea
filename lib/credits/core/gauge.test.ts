import { expect, it } from "vitest";
import { nextTrialWake, nextWake, reachedThresholds, reachedTrialThresholds } from "./crossings";
import { gaugeMaximum, gaugePercent, gaugeStatus, STATUS_TEXT } from "./gauge";

// Two systems over the same balance, pinned side by side: the gauge's five states, and the warnings' three thresholds.
it.each([
  [-1n, "exhausted", 0, [75, 90, 100]],
  [0n, "exhausted", 0, [75, 90, 100]],
  [1n, "very_low", 0, [75, 90]],
  [100n, "very_low", 10, [75, 90]],
  [101n, "very_low", 10, [75]],
  [199n, "very_low", 19, [75]],
  [200n, "low", 20, [75]],
  [250n, "low", 25, [75]],
  [251n, "low", 25, []],
  [499n, "low", 49, []],
  [500n, "moderate", 50, []],
  [749n, "moderate", 74, []],
  [750n, "healthy", 75, []],
  [1_000n, "healthy", 100, []],
  [1_480n, "healthy", 148, []],
] as const)(
  "a balance of %s of 1,000 is %s, %s%%, with warnings %s",
  (balance, status, percent, warnings) => {
    expect(gaugeStatus(balance, 1_000n)).toBe(status);
    expect(gaugePercent(balance, 1_000n)).toBe(percent);
    expect(reachedThresholds(balance, 1_000n)).toEqual(warnings);
  },
);

it("the status reads as the help page has it", () => {
  expect(STATUS_TEXT).toEqual({
    healthy: "Credits healthy",
    moderate: "Credits in good shape",
    low: "Credits running low",
    very_low: "Credits very low",
    exhausted: "No credits remaining",
  });
});

it("what the period was granted is the maximum, and without that the balance right after the last grant", () => {
  expect(gaugeMaximum({ periodGranted: 0n, grantPeak: 300n })).toBe(300n);
  expect(gaugeMaximum({ periodGranted: 2_000n, grantPeak: 300n })).toBe(2_000n);
});

it("the next wake mark is the highest threshold still below the balance", () => {
  expect([1_000n, 251n, 250n, 100n, 1n, 0n, -5n].map((balance) => nextWake(balance, 1_000n))).toEqual([
    250n,
    250n,
    100n,
    0n,
    0n,
    null,
    null,
  ]);
});

it("trials are warned by their cap, and not at all without one", () => {
  expect([74n, 75n, 90n, 100n, 140n].map((spent) => reachedTrialThresholds(spent, 100n))).toEqual([
    [],
    [75],
    [75, 90],
    [75, 90, 100],
    [75, 90, 100],
  ]);
  expect(reachedTrialThresholds(5n, 0n)).toEqual([]);
  expect([0n, 75n, 99n, 100n].map((spent) => nextTrialWake(spent, 100n))).toEqual([75n, 90n, 100n, null]);
  expect(nextTrialWake(0n, 0n)).toBeNull();
});
