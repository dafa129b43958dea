import { expect, test } from "vitest";
import {
  closuresFrom,
  isOpenAt,
  nextOpening,
  type OpeningHours,
  sayHours,
  USUAL_WEEK,
  type WeekHours,
} from "./opening-hours";

const WORKDAY = [{ from: "08:00", to: "17:30" }];
const CLOSED: WeekHours = {
  mon: "closed",
  tue: "closed",
  wed: "closed",
  thu: "closed",
  fri: "closed",
  sat: "closed",
  sun: "closed",
};
const WEEKDAYS: WeekHours = {
  ...CLOSED,
  mon: WORKDAY,
  tue: WORKDAY,
  wed: WORKDAY,
  thu: WORKDAY,
  fri: WORKDAY,
  sat: [{ from: "08:30", to: "12:30" }],
};
const CHRISTMAS = { from: "2026-12-25", to: "2026-12-26", name: "Christmas" };
const hours = (week: WeekHours, ...closures: OpeningHours["closures"]): OpeningHours => ({ week, closures });
const open = (given: OpeningHours, at: string) => isOpenAt(given, new Date(at));

test.each([
  ["2026-11-27T08:00:00Z", true],
  ["2026-11-27T07:59:59Z", false],
  ["2026-11-27T17:29:00Z", true],
  ["2026-11-27T17:30:00Z", false],
  ["2026-11-28T12:29:00Z", true],
  ["2026-11-29T10:00:00Z", false],
  // London is an hour ahead of UTC in summer.
  ["2026-07-03T07:00:00Z", true],
  ["2026-07-03T16:30:00Z", false],
])("opening is inside, closing is not, by London's clock: %s", (at, expected) => {
  expect(open(hours(WEEKDAYS), at)).toBe(expected);
});

test("two spans have a break between them", () => {
  const week = {
    ...CLOSED,
    mon: [
      { from: "08:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ],
  };
  const at = ["11:59", "12:00", "12:59", "13:00"].map((time) => open(hours(week), `2026-11-30T${time}:00Z`));
  expect(at).toEqual([true, false, false, true]);
});

test("what is open past midnight is open on the next day, to its end", () => {
  const night = hours({ ...CLOSED, fri: [{ from: "20:00", to: "02:00" }] });
  expect(open(night, "2026-11-28T01:59:00Z")).toBe(true);
  expect(open(night, "2026-11-28T02:00:00Z")).toBe(false);
  expect(open(night, "2026-11-27T01:00:00Z")).toBe(false);
  expect(open(hours({ ...CLOSED, fri: [{ from: "20:00", to: "00:00" }] }), "2026-11-27T23:59:00Z")).toBe(
    true,
  );
  const sunday = hours({ ...CLOSED, sun: [{ from: "22:00", to: "01:00" }] });
  expect(open(sunday, "2026-11-30T00:30:00Z")).toBe(true);
});

test("on the days on which the clocks change, hours are by the clock on the wall", () => {
  const early = hours({ ...CLOSED, sun: [{ from: "01:30", to: "09:00" }] });
  // 28 March 2027: 00:59 GMT is followed by 02:00 BST.
  expect(open(early, "2027-03-28T00:59:00Z")).toBe(false);
  expect(open(early, "2027-03-28T01:00:00Z")).toBe(true);
  expect(open(early, "2027-03-28T07:59:00Z")).toBe(true);
  expect(open(early, "2027-03-28T08:00:00Z")).toBe(false);
  // 31 October 2027: 01:59 BST is followed by 01:00 GMT, so 01:30 comes twice.
  expect(open(early, "2027-10-31T00:30:00Z")).toBe(true);
  expect(open(early, "2027-10-31T01:00:00Z")).toBe(false);
  expect(open(early, "2027-10-31T01:30:00Z")).toBe(true);
  expect(open(early, "2027-10-31T08:59:00Z")).toBe(true);
});

test("24 hours are the whole day, and no minute of the next", () => {
  const always = hours({ ...CLOSED, sat: "24h" });
  expect(open(always, "2026-11-28T00:00:00Z")).toBe(true);
  expect(open(always, "2026-11-28T23:59:00Z")).toBe(true);
  expect(open(always, "2026-11-29T00:00:00Z")).toBe(false);
});

test("a closure closes its days, first and last, but not what began the evening before", () => {
  const garage = hours({ ...WEEKDAYS, thu: [{ from: "20:00", to: "02:00" }] }, CHRISTMAS);
  expect(open(garage, "2026-12-25T01:00:00Z")).toBe(true);
  expect(open(garage, "2026-12-25T10:00:00Z")).toBe(false);
  expect(open(garage, "2026-12-26T10:00:00Z")).toBe(false);
  expect(open(garage, "2026-12-28T10:00:00Z")).toBe(true);
});

test("the next opening is after the moment, past closures, nights and the change of the clocks", () => {
  const next = (at: string, given = hours(WEEKDAYS, CHRISTMAS)) =>
    nextOpening(given, new Date(at))?.toISOString();
  expect(next("2026-11-27T07:00:00Z")).toBe("2026-11-27T08:00:00.000Z");
  expect(next("2026-11-27T09:00:00Z")).toBe("2026-11-28T08:30:00.000Z");
  expect(next("2026-12-24T18:00:00Z")).toBe("2026-12-28T08:00:00.000Z");
  expect(next("2027-03-27T13:00:00Z")).toBe("2027-03-29T07:00:00.000Z");
  expect(next("2026-11-27T09:00:00Z", hours(CLOSED))).toBeUndefined();
  // Around the clock it has been open all the time: nothing opens at midnight.
  expect(next("2026-11-27T09:00:00Z", hours({ ...CLOSED, fri: "24h", sat: "24h" }))).toBe(
    "2026-12-04T00:00:00.000Z",
  );
});

test.each<[OpeningHours, string]>([
  [hours(WEEKDAYS), "Mon–Fri 08:00–17:30, Sat 08:30–12:30"],
  [hours(USUAL_WEEK), "Mon–Sat 08:00–18:00"],
  [hours(CLOSED), "closed every day"],
  [hours({ ...CLOSED, sat: "24h", sun: "24h" }), "Sat–Sun 24 hours"],
  [hours({ ...WEEKDAYS, wed: "closed" }), "Mon–Tue 08:00–17:30, Thu–Fri 08:00–17:30, Sat 08:30–12:30"],
  [
    hours(WEEKDAYS, CHRISTMAS, { from: "2027-01-01", to: "2027-01-01", name: "" }),
    "Mon–Fri 08:00–17:30, Sat 08:30–12:30; closed from 25 December to 26 December (Christmas), on 1 January 2027",
  ],
  [
    hours(
      { ...CLOSED, mon: [...WORKDAY, { from: "19:00", to: "01:00" }] },
      { ...CHRISTMAS, to: "2026-11-25" },
    ),
    "Mon 08:00–17:30 and 19:00–01:00",
  ],
])("the AI and customers are told so: %#", (given, sentence) => {
  expect(sayHours(given, "2026-11-26")).toBe(sentence);
});

test("closures that are over drop out, one that ends today stays", () => {
  const closures = [CHRISTMAS, { from: "2026-11-20", to: "2026-11-25", name: "" }];
  expect(closuresFrom(closures, "2026-11-26")).toEqual([CHRISTMAS]);
  expect(closuresFrom(closures, "2026-12-26")).toEqual([CHRISTMAS]);
  expect(closuresFrom(closures, "2026-12-27")).toEqual([]);
});
