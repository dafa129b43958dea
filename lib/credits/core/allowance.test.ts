import { describe, expect, it } from "vitest";
import { allowanceOfBays, dueGrant, givenBefore, nextRenewal, type Subscription } from "./allowance";
import { billingPeriod } from "./billing-cycle";

const anchorAt = new Date("2026-03-01T10:00:00Z");
const subscription: Subscription = {
  state: "active",
  allowance: 1_500n,
  bays: 3,
  anchorAt,
  endsAt: null,
  periodEndsAt: null,
  periodBays: null,
};
/** 30 days: April. */
const april = billingPeriod(new Date("2026-04-10T00:00:00Z"), anchorAt);
const granted = { ...subscription, periodEndsAt: april.endsAt, periodBays: 3 };
const halfWay = new Date((april.startsAt.getTime() + april.endsAt.getTime()) / 2);

describe("what a period lacks of its target", () => {
  it("is its allowance, named by the subscription's first instant and the period's date", () => {
    const key = "allowance:2026-03-01T10:00:00.000Z:2026-04-01";
    const march = billingPeriod(new Date("2026-03-10T00:00:00Z"), anchorAt);
    for (const periodEndsAt of [null, march.endsAt])
      expect(dueGrant({ ...subscription, periodEndsAt }, april, halfWay)).toEqual({
        kind: "period",
        amount: 1_500n,
        key,
        bays: 3,
      });
    expect(dueGrant(granted, april, halfWay)).toBeUndefined();
  });

  it("with more bays, their share of the time left, rounded down, under a key of their own", () => {
    const more = { ...granted, allowance: 2_500n, bays: 5 };
    expect(dueGrant(more, april, halfWay)).toEqual({
      kind: "extra",
      amount: 500n,
      key: "allowance:2026-03-01T10:00:00.000Z:2026-04-01:bays:5",
      bays: 5,
    });
    const tenDays = new Date(april.endsAt.getTime() - 10 * 86_400_000);
    expect(dueGrant({ ...granted, allowance: 2_000n, bays: 4 }, april, tenDays)?.amount).toBe(166n);
    expect(dueGrant(more, april, new Date(0))?.amount).toBe(1_000n);
    expect(dueGrant(more, april, april.endsAt)?.amount).toBe(0n);
  });

  it("is nothing with fewer bays, with as many as the highest so far, or under a figure of one's own", () => {
    for (const bays of [1, 2, 3]) expect(dueGrant({ ...granted, bays }, april, halfWay)).toBeUndefined();
    const own = { ...granted, allowance: 9_000n, bays: null };
    expect(dueGrant(own, april, halfWay)).toBeUndefined();
    expect(dueGrant({ ...granted, periodBays: null, bays: 9 }, april, halfWay)).toBeUndefined();
  });

  it("is nothing where the clock stands before the period that was granted last", () => {
    const march = billingPeriod(new Date("2026-03-10T00:00:00Z"), anchorAt);
    expect(dueGrant({ ...granted, allowance: 2_500n, bays: 5 }, march, halfWay)).toBeUndefined();
  });
});

describe("an allowance that is reckoned from bays", () => {
  it("is so many credits for each, 500 where nothing else is said", () => {
    expect(allowanceOfBays(3, 200n)).toEqual({ allowance: 600n, bays: 3 });
    expect(allowanceOfBays(2)).toEqual({ allowance: 1_000_000_000n, bays: 2 });
  });
});

describe("what a period was given before", () => {
  const key = "allowance:2026-03-01T10:00:00.000Z:2026-04-01";
  const lot = (granted: bigint, bays?: number) => ({
    granted,
    sourceKey: bays === undefined ? key : `${key}:bays:${bays}`,
  });

  it("is the sum of its lots, for as many bays as the highest of them counts", () => {
    const lots = [lot(1_500n), lot(166n, 5), lot(90n, 4)];
    expect(givenBefore({ allowance: 2_500n, bays: 5 }, lots)).toEqual({ granted: 1_756n, bays: 5 });
    expect(givenBefore({ allowance: 1_000n, bays: 2 }, lots)).toEqual({ granted: 1_756n, bays: 5 });
    expect(givenBefore({ allowance: 1_000n, bays: 2 }, [lot(1_500n)])).toEqual({ granted: 1_500n, bays: 3 });
  });

  it("counts a started bay, as of a plan that gave fewer credits a bay", () => {
    expect(givenBefore({ allowance: 1_000n, bays: 2 }, [lot(1_001n)])).toEqual({ granted: 1_001n, bays: 3 });
    expect(givenBefore({ allowance: 1_000n, bays: 2 }, [lot(1_000n)])).toEqual({ granted: 1_000n, bays: 2 });
  });

  it("names the bays as they are where it was not reckoned from them, or nothing is given for them", () => {
    const lots = [lot(9_000n), lot(100n, 7)];
    expect(givenBefore({ allowance: 9_000n, bays: null }, lots)).toEqual({ granted: 9_100n, bays: null });
    expect(givenBefore({ allowance: 0n, bays: 4 }, lots)).toEqual({ granted: 9_100n, bays: 4 });
  });
});

describe("the scheduler", () => {
  const boundary = new Date("2026-06-30T23:00:00Z"); // 1 July in London

  it("grants at the boundary what renews, and nothing to other states", () => {
    expect(nextRenewal(granted, boundary)).toBe(boundary);
    for (const state of ["trial", "past_due", "canceled", "demo"] as const)
      expect(nextRenewal({ ...granted, state }, boundary)).toBeNull();
  });

  it("grants nothing where the subscription ends on the boundary's London day or before", () => {
    const ends = (endsAt: string) => nextRenewal({ ...granted, endsAt: new Date(endsAt) }, boundary);
    expect(ends("2026-06-15T12:00:00Z")).toBeNull();
    expect(ends("2026-06-30T22:59:59Z")).toBeNull();
    expect(ends("2026-07-01T22:59:59Z")).toBeNull();
    expect(ends("2026-07-01T23:00:00Z")).toBe(boundary);
  });
});
