import { expect, test } from "vitest";
import { readCost } from "./call-cost";

const cost = (message: object, call: object = {}) => readCost(message, call);

test.each([
  ["a number", { cost: 0.1678 }, {}, 167_800n],
  ["its text", { cost: " 0.1678 " }, {}, 167_800n],
  ["text with an exponent", { cost: "1.5e-2" }, {}, 15_000n],
  ["zero", { cost: 0, costs: [{ cost: 9 }] }, {}, 0n],
  ["the call's own", { cost: null }, { cost: 0.05 }, 50_000n],
  ["the sum of its parts", { costs: [{ cost: 0.1 }, { cost: 0.2 }, { type: "free" }] }, {}, 300_000n],
  ["the sum of the call's parts", {}, { costs: [{ cost: "0.1" }, { cost: 0.02 }] }, 120_000n],
  ["the breakdown's total", { costBreakdown: { total: 0.0312 } }, {}, 31_200n],
  ["rounded half up to a micro-dollar", { cost: 0.0000015 }, {}, 2n],
])("a cost is read from %s", (_, message, call, expected) => {
  expect(cost(message, call)).toEqual({ cost: expected });
});

test.each([
  [-0.5],
  ["-0.5"],
  ["NaN"],
  [Number.POSITIVE_INFINITY],
  [1e300],
  [10_001],
  ["0x10"],
  [{}],
  [true],
  [[1]],
])("the cost %j is refused, and the next figure is taken", (bad) => {
  expect(cost({ cost: bad }, { cost: 0.05 })).toEqual({ cost: 50_000n, problem: "refused" });
  expect(cost({ cost: bad })).toEqual({ cost: 0n, problem: "refused" });
});

test.each([
  ["its parts together", Array.from({ length: 5 }, () => ({ cost: 10_000 }))],
  ["too many parts", Array.from({ length: 100_000 }, () => ({ cost: 0.01 }))],
  ["a hair above the bound", [{ cost: 10_000 }, { cost: 0.000001 }]],
])("a sum that no call can cost is refused: %s", (_, costs) => {
  expect(cost({ costs })).toEqual({ cost: 0n, problem: "refused" });
  expect(cost({ costs, costBreakdown: { total: 0.05 } })).toEqual({ cost: 50_000n, problem: "refused" });
});

test("the dearest call that is believed costs the bound exactly, in one figure or in many", () => {
  expect(cost({ cost: 10_000 })).toEqual({ cost: 10_000_000_000n });
  expect(cost({ costs: Array.from({ length: 200 }, () => ({ cost: 50 })) })).toEqual({
    cost: 10_000_000_000n,
  });
});

test("a refused part does not lower the sum", () => {
  expect(cost({ costs: [{ cost: 0.3 }, { cost: -5 }] }).cost).toBe(300_000n);
});

test("no cost at all is 0, and said", () => {
  expect(cost({})).toEqual({ cost: 0n, problem: "missing" });
  expect(cost({ cost: "", costs: [] })).toEqual({ cost: 0n, problem: "missing" });
});
