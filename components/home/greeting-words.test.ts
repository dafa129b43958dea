import { expect, test } from "vitest";
import { greetingFor } from "./greeting-words";

test.each([
  ["2026-11-26T00:00:00Z", "Hello, Sam"],
  ["2026-11-26T04:59:59Z", "Hello, Sam"],
  ["2026-11-26T05:00:00Z", "Good morning, Sam"],
  ["2026-11-26T11:59:59Z", "Good morning, Sam"],
  ["2026-11-26T12:00:00Z", "Good afternoon, Sam"],
  ["2026-11-26T17:59:59Z", "Good afternoon, Sam"],
  ["2026-11-26T18:00:00Z", "Good evening, Sam"],
  // Summer time: London is an hour ahead of UTC.
  ["2026-06-26T11:00:00Z", "Good afternoon, Sam"],
  ["2026-06-26T23:30:00Z", "Hello, Sam"],
])("at %s it says %s", (now, words) => {
  expect(greetingFor("Sam Ortiz", new Date(now))).toBe(words);
});

test("a name of one word is greeted whole", () => {
  expect(greetingFor(" Priya ", new Date("2026-11-26T09:00:00Z"))).toBe("Good morning, Priya");
});
