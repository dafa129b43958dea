import fc from "fast-check";
import { expect, it } from "vitest";
import { billingPeriod, anchorOn as lastAnchorOn } from "./billing-cycle";

/** A subscription that began on a day of October 2019, in British Summer Time until the 27th. */
const anchorOn = (day: number): Date => new Date(Date.UTC(2019, 9, day, 12));

it.each([
  [
    "the 31st clamps to February's last day",
    "2026-02-28T00:00:00Z",
    31,
    "2026-02-28",
    "2026-02-28T00:00:00Z",
    "2026-03-30T23:00:00Z",
  ],
  [
    "and returns in March",
    "2026-03-31T12:00:00Z",
    31,
    "2026-03-31",
    "2026-03-30T23:00:00Z",
    "2026-04-29T23:00:00Z",
  ],
  [
    "a leap year's February has 29 days",
    "2028-02-29T06:00:00Z",
    30,
    "2028-02-29",
    "2028-02-29T00:00:00Z",
    "2028-03-29T23:00:00Z",
  ],
  [
    "a period starts at London midnight in summer",
    "2026-05-31T23:00:00Z",
    1,
    "2026-06-01",
    "2026-05-31T23:00:00Z",
    "2026-06-30T23:00:00Z",
  ],
  [
    "the moment before belongs to the last one",
    "2026-05-31T22:59:59.999Z",
    1,
    "2026-05-01",
    "2026-04-30T23:00:00Z",
    "2026-05-31T23:00:00Z",
  ],
  [
    "a period runs over the year's end",
    "2027-01-05T10:00:00Z",
    15,
    "2026-12-15",
    "2026-12-15T00:00:00Z",
    "2027-01-15T00:00:00Z",
  ],
])("%s", (_, moment, anchor, key, startsAt, endsAt) => {
  const period = billingPeriod(new Date(moment), anchorOn(anchor));
  expect(period).toEqual({ key, startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
});

const moments = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
const anchors = fc.integer({ min: 1, max: 31 }).map(anchorOn);

it("periods are half-open, hold their moment, and follow each other without gap or overlap", () => {
  fc.assert(
    fc.property(moments, anchors, (moment, anchor) => {
      const period = billingPeriod(moment, anchor);
      expect(period.startsAt <= moment && moment < period.endsAt).toBe(true);
      expect(billingPeriod(period.startsAt, anchor)).toEqual(period);
      const next = billingPeriod(period.endsAt, anchor);
      expect(next.startsAt).toEqual(period.endsAt);
      expect(next.key > period.key).toBe(true);
      expect(billingPeriod(new Date(period.endsAt.getTime() - 1), anchor)).toEqual(period);
    }),
    { numRuns: 500 },
  );
});

it("there are twelve periods in a year, whatever the anchor", () => {
  for (const anchor of Array.from({ length: 31 }, (_, index) => anchorOn(index + 1))) {
    let moment = billingPeriod(new Date("2026-06-15T00:00:00Z"), anchor).startsAt;
    const keys = new Set<string>();
    for (let month = 0; month < 12; month++) {
      const period = billingPeriod(moment, anchor);
      keys.add(period.key.slice(0, 7));
      moment = period.endsAt;
    }
    expect(keys.size).toBe(12);
  }
});

it.each([
  [8, "2026-12-08T00:30:00Z", "2026-12-08T00:00:00Z"],
  [8, "2026-12-07T23:59:59Z", "2026-11-08T00:00:00Z"],
  [31, "2026-03-01T12:00:00Z", "2026-01-31T00:00:00Z"],
  [1, "2026-07-31T23:30:00Z", "2026-07-31T23:00:00Z"],
])(
  "an anchor on the %i is the last midnight in London that begins such a day: %s",
  (day, moment, midnight) => {
    expect(lastAnchorOn(day, new Date(moment))).toEqual(new Date(midnight));
  },
);
