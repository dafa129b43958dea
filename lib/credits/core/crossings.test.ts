import { describe, expect, it } from "vitest";
import { nextTrialWake, nextWake, reachedThresholds, reachedTrialThresholds, wakeMarks } from "./crossings";

describe("thresholds of a balance, of a maximum of 1,000", () => {
  it.each([
    [1_000n, [], 250n],
    [251n, [], 250n],
    [250n, [75], 100n],
    [101n, [75], 100n],
    [100n, [75, 90], 0n],
    [1n, [75, 90], 0n],
    [0n, [75, 90, 100], null],
    [-1n, [75, 90, 100], null],
  ])("at %s: reached %j, next at %s", (balance, reached, next) => {
    expect(reachedThresholds(balance, 1_000n)).toEqual(reached);
    expect(nextWake(balance, 1_000n)).toBe(next);
  });
});

describe("thresholds of a trial's spend, of a cap of 1,001", () => {
  it.each([
    [0n, [], 751n],
    [750n, [], 751n],
    [751n, [75], 901n],
    [900n, [75], 901n],
    [901n, [75, 90], 1_001n],
    [1_000n, [75, 90], 1_001n],
    [1_001n, [75, 90, 100], null],
    [2_000n, [75, 90, 100], null],
  ])("at %s: reached %j, next at %s", (spent, reached, next) => {
    expect(reachedTrialThresholds(spent, 1_001n)).toEqual(reached);
    expect(nextTrialWake(spent, 1_001n)).toBe(next);
  });

  it("without a cap there are none", () => {
    expect(reachedTrialThresholds(5n, 0n)).toEqual([]);
    expect(nextTrialWake(5n, 0n)).toBeNull();
  });
});

describe("a balance below which the watch runs as well, 600 of 1,000", () => {
  const account = {
    state: "active",
    allowance: 1_000n,
    periodGranted: 1_000n,
    grantPeak: 0n,
    trialSpentMicroGbp: 0n,
    trialCapMicroGbp: 0n,
  } as const;

  it.each([
    [1_000n, 600n, 599n],
    [600n, 600n, 599n],
    [599n, 600n, 250n],
    [1_000n, 100n, 250n],
    [1_000n, null, 250n],
    [0n, 600n, null],
  ])("at %s with a mark at %s, the next wake is at %s", (balance, wakeBelow, wake) => {
    expect(wakeMarks({ ...account, balance, wakeBelow }).balance).toBe(wake);
  });
});
