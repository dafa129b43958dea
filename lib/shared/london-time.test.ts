import { expect, test } from "vitest";
import {
  daysBetween,
  londonClock,
  londonDay,
  londonDayOfMonth,
  londonMoment,
  plusDays,
  readLondonTime,
  sayLondonTime,
} from "./london-time";

test.each([
  ["2026-11-24T10:30", "2026-11-24T10:30:00.000Z"],
  ["2026-07-24 10:30", "2026-07-24T09:30:00.000Z"],
  ["2026-07-24T10:30:00Z", "2026-07-24T10:30:00.000Z"],
  ["2026-08-24T15:30:00-07:00", "2026-08-24T22:30:00.000Z"],
  ["2026-08-24T15:30:00.000+0530", "2026-08-24T10:00:00.000Z"],
])("%s is read as %s", (text, expected) => {
  expect(readLondonTime(text)?.toISOString()).toBe(expected);
});

test.each([
  "",
  "tomorrow",
  "2026-11-24",
  "2026-02-30T10:00",
  "2026-13-01T10:00",
  "2026-11-24T25:00",
  "99999-01-01T10:00",
])("%j is no time", (text) => {
  expect(readLondonTime(text)).toBeUndefined();
});

test("summer and winter are said in London's time", () => {
  expect(sayLondonTime(new Date("2026-07-24T09:30:00Z"))).toBe("Friday 24 July at 10:30");
  expect(londonClock(new Date("2026-07-24T23:30:00Z"))).toEqual({ day: 6, minute: 30 });
});

test("usage counts on London's day", () => {
  expect(londonDay(new Date("2026-07-01T22:59:59Z"))).toBe("2026-07-01");
  expect(londonDay(new Date("2026-07-01T23:00:00Z"))).toBe("2026-07-02");
  expect(londonDay(new Date("2026-12-31T23:59:59Z"))).toBe("2026-12-31");
  expect(londonDayOfMonth(new Date("2026-07-31T23:30:00Z"))).toBe(1);
});

test("days are counted on the calendar, whatever the clocks do", () => {
  expect(plusDays("2026-10-24", 2)).toBe("2026-10-26");
  expect(plusDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
  expect(londonMoment("2026-03-29", 1).toISOString()).toBe("2026-03-29T23:00:00.000Z");
  expect(londonMoment("2026-10-25", 0, 12, 30).toISOString()).toBe("2026-10-25T12:30:00.000Z");
});
