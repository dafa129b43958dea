import { expect, test } from "vitest";
import { billingPeriod } from "@/lib/credits/core/billing-cycle";
import { baysCounted } from "./bays-counted";

const BEGAN = new Date("2026-11-08T15:00:00Z");
const next = (at: string, bays: number | null) => ({ at: new Date(at), amountPence: 0, bays });
const DECEMBER = "2026-12-08T15:00:00Z";

test.each([
  ["no invoice comes", "2026-11-20T12:00:00Z", null, { now: 50, later: 50 }],
  ["as many are billed next", "2026-11-20T12:00:00Z", next(DECEMBER, 50), { now: 50, later: 50 }],
  ["fewer are billed next", "2026-11-20T12:00:00Z", next(DECEMBER, 4), { now: 50, later: 4 }],
  [
    "it is not known what is billed next",
    "2026-11-20T12:00:00Z",
    next(DECEMBER, null),
    { now: 50, later: 50 },
  ],
  [
    "fewer are billed in a year",
    "2026-11-20T12:00:00Z",
    next("2027-11-08T15:00:00Z", 4),
    { now: 50, later: 50 },
  ],
  [
    "the year ends with this month",
    "2027-10-20T12:00:00Z",
    next("2027-11-08T15:00:00Z", 4),
    { now: 50, later: 4 },
  ],
  ["Stripe's period ends later today", "2026-12-08T09:00:00Z", next(DECEMBER, 4), { now: 4, later: 4 }],
  [
    "they rose in the last hours of Stripe's period",
    "2026-12-08T09:00:00Z",
    next(DECEMBER, 50),
    { now: 6, later: 6 },
  ],
  [
    "Stripe's new period has begun",
    "2026-12-08T16:00:00Z",
    next("2027-01-08T15:00:00Z", 50),
    { now: 50, later: 50 },
  ],
])("of 50 bays where six counted, when %s", (_, moment, invoice, counted) => {
  expect(baysCounted(50, invoice, billingPeriod(new Date(moment), BEGAN), 6)).toEqual(counted);
});

test("where nothing counted by bays, the last hours of Stripe's period count what it bills next", () => {
  const period = billingPeriod(new Date("2026-12-08T09:00:00Z"), BEGAN);
  expect(baysCounted(50, next(DECEMBER, 4), period, null)).toEqual({ now: 4, later: 4 });
});
