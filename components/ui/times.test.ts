import { describe, expect, test } from "vitest";
import {
  ago,
  callLength,
  countdown,
  dayName,
  nextCountdownMs,
  shortTime,
  shortTimeAndClock,
  span,
  withinSentence,
} from "./times";

const now = new Date("2026-11-25T14:30:00Z");

describe("how long ago, for lists", () => {
  test.each([
    ["2026-11-25T14:29:30Z", "now", "now"],
    ["2026-11-25T14:26:00Z", "4 min", "4 min ago"],
    ["2026-11-25T09:03:00Z", "09:03", "09:03"],
    ["2026-11-24T23:59:00Z", "Yesterday", "Yesterday, 23:59"],
    ["2026-11-12T10:00:00Z", "12 November", "12 November, 10:00"],
    ["2025-11-12T10:00:00Z", "12 November 2025", "12 November 2025, 10:00"],
  ])("%s reads “%s”, with its clock “%s”", (at, short, withClock) => {
    expect(shortTime(new Date(at), now)).toBe(short);
    expect(shortTimeAndClock(new Date(at), now)).toBe(withClock);
  });

  test("within a sentence a day has no capital, and a month keeps its own", () => {
    expect(withinSentence("Yesterday, 23:59")).toBe("yesterday, 23:59");
    expect(withinSentence("12 November, 10:00")).toBe("12 November, 10:00");
  });
});

test.each([
  ["2026-11-25T14:30:20Z", "just now"],
  ["2026-11-25T14:29:01Z", "just now"],
  ["2026-11-25T14:25:00Z", "5m ago"],
  ["2026-11-25T13:30:01Z", "59m ago"],
  ["2026-11-25T12:30:00Z", "2h ago"],
  ["2026-11-22T14:29:00Z", "3d ago"],
  ["2026-10-26T14:30:00Z", "30d ago"],
  ["2026-10-25T14:30:00Z", "25 October"],
  ["2025-10-25T14:30:00Z", "25 October 2025"],
])("beside a label, %s reads “%s”", (at, text) => {
  expect(ago(new Date(at), now)).toBe(text);
});

test("a conversation's days are named", () => {
  expect(
    ["2026-11-25", "2026-11-24", "2026-11-20", "2025-11-20"].map((day) => dayName(new Date(day), now)),
  ).toEqual(["Today", "Yesterday", "Friday 20 November", "Thursday 20 November 2025"]);
});

test("spans and lengths have two parts at most", () => {
  const MINUTE_MS = 60_000;
  expect(
    [0, 45, 192, 60, 1_440, 30 * 60, 3 * 1_440, 3 * 1_440 + 119].map((minutes) => span(minutes * MINUTE_MS)),
  ).toEqual([
    "less than a minute",
    "45 min",
    "3 h 12 min",
    "1 h",
    "1 day",
    "1 day 6 h",
    "3 days",
    "3 days 1 h",
  ]);
  expect([42, 252].map(callLength)).toEqual(["42 s", "4 min 12 s"]);
});

describe("what counts down", () => {
  test.each([
    [23 * 3_600_000 + 4 * 60_000, "23 h 4 min"],
    [5 * 60_000 + 1, "5 min"],
    [5 * 60_000, "5:00"],
    [299_999, "5:00"],
    [299_000, "4:59"],
    [60_000, "1:00"],
    [1, "0:01"],
    [0, "0:00"],
    [-5, "0:00"],
  ])("%i ms are %s", (leftMs, text) => {
    expect(countdown(leftMs)).toBe(text);
  });

  test("looks again exactly when it reads differently, and ends at the very millisecond", () => {
    let leftMs = 7 * 60_000 + 12_345;
    const read: string[] = [];
    while (leftMs > 0) {
      const nextMs = nextCountdownMs(leftMs);
      expect(nextMs).toBeGreaterThan(0);
      expect(countdown(leftMs - nextMs + 1)).toBe(countdown(leftMs));
      read.push(countdown(leftMs));
      leftMs -= nextMs;
    }
    expect(leftMs).toBe(0);
    expect(read.slice(0, 4)).toEqual(["7 min", "6 min", "5 min", "5:00"]);
    expect(read.slice(3)).toHaveLength(300);
    expect(new Set(read).size).toBe(read.length);
  });
});
