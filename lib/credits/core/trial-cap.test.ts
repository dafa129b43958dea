import { expect, it } from "vitest";
import { isCapReached, shownSpendPence } from "./trial-cap";

const trial = (spent: bigint, cap = 5_000_000n) => ({ trialCapMicroGbp: cap, trialSpentMicroGbp: spent });

it("a trial's spend rounds down until its cap is reached, and is never shown beyond it", () => {
  const shown = [0n, 9_999n, 4_994_999n, 4_995_000n, 4_999_999n, 5_000_000n, 7_000_000n].map((spent) => [
    shownSpendPence(trial(spent)),
    isCapReached(trial(spent)),
  ]);
  expect(shown).toEqual([
    [0, false],
    [0, false],
    [499, false],
    [499, false],
    [499, false],
    [500, true],
    [500, true],
  ]);
});

it("a cap of 0 is no cap: the spend is shown as it is", () => {
  expect([shownSpendPence(trial(12_345_678n, 0n)), isCapReached(trial(12_345_678n, 0n))]).toEqual([
    1_234,
    false,
  ]);
});
