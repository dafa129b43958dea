import { expect, it } from "vitest";
import { type GiveBack, type Move, planGiveBack } from "./plan-give-back";

const take = (group: string, lotId: bigint | null, amount: bigint): Move => ({
  does: "take",
  group,
  lotId,
  amount,
});
const settle = (lotId: bigint | null, amount: bigint): Move => ({ does: "settle", lotId, amount });
const back = (group: string, amount: bigint): Move => ({ does: "give-back", group, amount });
const lots = (...shares: [bigint, bigint][]) => shares.map(([id, amount]) => ({ id, amount }));

/** Lots 1, 2, 3 in the order of the draw. */
const CASES: readonly [string, readonly Move[], { outstanding: bigint; amount: bigint }, GiveBack][] = [
  [
    "each lot gets what was taken from it",
    [take("us", 3n, 6n), take("us", 1n, 4n)],
    { outstanding: 10n, amount: 10n },
    { settles: 0n, lots: lots([1n, 4n], [3n, 6n]) },
  ],
  [
    "a part of it: what was taken last",
    [take("us", 3n, 6n), take("us", 1n, 4n)],
    { outstanding: 10n, amount: 5n },
    { settles: 0n, lots: lots([1n, 4n], [3n, 1n]) },
  ],
  [
    "nothing of what others took",
    [take("them", 1n, 9n), take("us", 2n, 1n), take("them", 3n, 9n)],
    { outstanding: 1n, amount: 1n },
    { settles: 0n, lots: lots([2n, 1n]) },
  ],
  [
    "open overdraft of its own is settled before anything goes back into lots",
    [take("us", 1n, 4n), take("us", null, 6n)],
    { outstanding: 10n, amount: 7n },
    { settles: 6n, lots: lots([1n, 1n]) },
  ],
  [
    "overdraft that grants settled is borne by their lots, the oldest overdraft by the first grant",
    [take("them", null, 2n), take("us", null, 6n), settle(2n, 5n), settle(3n, 3n)],
    { outstanding: 6n, amount: 6n },
    { settles: 0n, lots: lots([2n, 3n], [3n, 3n]) },
  ],
  [
    "of overdraft that was settled in part, the open rest is settled first",
    [take("us", null, 6n), settle(2n, 4n)],
    { outstanding: 6n, amount: 3n },
    { settles: 2n, lots: lots([2n, 1n]) },
  ],
  [
    "what others still owe is settled in the order of the draw",
    [take("us", 3n, 5n), take("us", 1n, 5n), take("them", null, 7n)],
    { outstanding: 10n, amount: 10n },
    { settles: 7n, lots: lots([3n, 3n]) },
  ],
  [
    "what settled others' overdraft comes back when they give back",
    [take("them", 1n, 5n), take("us", null, 7n), back("them", 5n)],
    { outstanding: 7n, amount: 7n },
    { settles: 2n, lots: lots([1n, 5n]) },
  ],
  [
    "what was written off comes back to nobody",
    [take("us", 1n, 4n), take("us", null, 6n), settle(null, 6n)],
    { outstanding: 10n, amount: 8n },
    { settles: 0n, lots: lots([1n, 2n]) },
  ],
  [
    "what was written off and given back before is not counted again",
    [take("us", 1n, 4n), take("us", null, 6n), settle(null, 6n)],
    { outstanding: 4n, amount: 4n },
    { settles: 0n, lots: lots([1n, 4n]) },
  ],
  [
    "what was given back before is gone, and what was taken since is the last",
    [take("us", 1n, 4n), back("us", 3n), take("us", 2n, 5n)],
    { outstanding: 6n, amount: 6n },
    { settles: 0n, lots: lots([1n, 1n], [2n, 5n]) },
  ],
];

it.each(CASES)("%s", (_, moves, held, plan) => {
  expect(planGiveBack(moves, [1n, 2n, 3n], { group: "us", ...held })).toEqual(plan);
});
