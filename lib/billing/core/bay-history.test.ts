import { describe, expect, it } from "vitest";
import { type BayChange, bayHistory } from "./bay-history";

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n, 15));
const until = (bays: number, n: number): BayChange => ({ is: "until", bays, at: day(n) });
const from = (bays: number, n: number): BayChange => ({ is: "from", bays, at: day(n) });

const since = { from: day(8), now: day(20), before: 4 };

describe("the bays of a period", () => {
  it("are as we knew them where Stripe says nothing; more of them count from now", () => {
    expect(bayHistory([], { ...since, bays: 4 })).toEqual({ first: 4, rises: [] });
    expect(bayHistory([], { ...since, bays: 6 })).toEqual({ first: 4, rises: [{ bays: 6, at: day(20) }] });
  });

  it("began with what a later change says there were, whatever we knew", () => {
    expect(bayHistory([until(2, 10), from(6, 10)], { ...since, bays: 6 })).toEqual({
      first: 2,
      rises: [{ bays: 6, at: day(10) }],
    });
  });

  it("rise in the order of Stripe's changes, each new highest once, whatever came first", () => {
    const changes = [
      from(8, 14),
      until(6, 14),
      until(5, 16),
      from(6, 10),
      until(4, 10),
      from(5, 15),
      until(8, 15),
    ];
    expect(bayHistory(changes, { ...since, bays: 6 })).toEqual({
      first: 4,
      rises: [
        { bays: 6, at: day(10) },
        { bays: 8, at: day(14) },
      ],
    });
  });

  it("are no rise where Stripe says only how long there were so many", () => {
    expect(bayHistory([until(4, 10), from(5, 10), until(9, 12), from(3, 12)], { ...since, bays: 3 })).toEqual(
      {
        first: 4,
        rises: [{ bays: 5, at: day(10) }],
      },
    );
  });

  it("of an earlier period, and of its first moment, count as what the period began with", () => {
    const changes = [until(9, 7), from(2, 7), until(2, 8), from(3, 8)];
    expect(bayHistory(changes, { ...since, before: 3, bays: 3 })).toEqual({ first: 3, rises: [] });
  });
});
