import { expect, test } from "vitest";
import { axisFigures } from "./scale";

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [5, [0, 2, 4, 6]],
  [61, [0, 20, 40, 60, 80]],
  [80, [0, 20, 40, 60, 80]],
  [81, [0, 50, 100]],
  [1_020, [0, 500, 1_000, 1_500]],
  [123_456, [0, 50_000, 100_000, 150_000]],
])("up to %i the axis says %j", (most, figures) => {
  expect(axisFigures(most)).toEqual(figures);
});
