import { expect, test } from "vitest";
import { readBays, stepBays } from "./bays";

const RANGE = { minBays: 1, maxBays: 50 };

test.each([
  ["4", 4],
  [" 12 ", 12],
  ["4 bays", 4],
  ["1 Bay", 1],
  ["3.0", 3],
  ["007", 7],
  ["50", 50],
  ["51", undefined],
  ["0", undefined],
  ["-3", undefined],
  ["2.5", undefined],
  ["four", undefined],
  ["", undefined],
])("“%s” is read as %s bays", (text, bays) => {
  expect(readBays(text, RANGE)).toBe(bays);
});

test.each([
  ["4", 1, 5],
  ["4", -1, 3],
  ["50", 1, 50],
  ["1", -1, 1],
  ["90", -1, 50],
  ["", 1, 1],
] as const)("from “%s” a step of %i leads to %i", (text, by, bays) => {
  expect(stepBays(text, by, RANGE)).toBe(bays);
});
