import { expect, test } from "vitest";
import { londonClock, readLondonTime, sayLondonTime } from "./london-time";

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
