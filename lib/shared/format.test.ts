import { describe, expect, test } from "vitest";
import {
  dayKey,
  formatClock,
  formatCount,
  formatDay,
  formatMoment,
  formatPence,
  formatWeekday,
} from "./format";

const now = new Date("2026-11-25T12:00:00Z");

describe("dates: the year only where it is not this one", () => {
  test.each([
    ["2026-05-01", "1 May"],
    ["2026-12-08T00:00:00.000Z", "8 December"],
    ["2027-06-01T00:00:00.000Z", "1 June 2027"],
    ["2025-11-25T12:00:00.000Z", "25 November 2025"],
  ])("%s reads “%s”", (at, text) => {
    expect(formatDay(at, now)).toBe(text);
  });

  test("the day and the year are London's: in summer they begin an hour before UTC's", () => {
    expect(formatDay("2026-06-30T23:30:00Z", now)).toBe("1 July");
    expect(formatDay("2026-12-31T23:30:00Z", new Date("2027-01-01T00:30:00Z"))).toBe("31 December 2026");
    expect(dayKey("2026-06-30T23:30:00Z")).toBe(dayKey("2026-07-01T12:00:00Z"));
    expect(formatClock("2026-06-30T23:30:00Z")).toBe("00:30");
  });

  test("with its weekday, and with its clock", () => {
    expect(formatWeekday("2026-11-20T09:00:00Z", now)).toBe("Friday 20 November");
    expect(formatMoment("2026-11-20T14:05:00Z", now)).toBe("20 November, 14:05");
    expect(formatMoment("2025-11-20T14:05:00Z", now)).toBe("20 November 2025, 14:05");
  });
});

test.each([
  [1_000, "£10.00"],
  [1, "£0.01"],
  [123_456, "£1,234.56"],
])("%i pence read “%s”", (pence, text) => {
  expect(formatPence(pence)).toBe(text);
});

test("counts have their singular, and thousands their comma", () => {
  expect([0, 1, 1_480].map((n) => formatCount(n, "credit", "credits"))).toEqual([
    "0 credits",
    "1 credit",
    "1,480 credits",
  ]);
});
