import { expect, test } from "vitest";
import { isPaused, nextAttempt } from "./amount-due";

const now = new Date("2026-12-10T12:00:00Z");
const at = (day: number) => ({ nextAttemptAt: new Date(Date.UTC(2026, 11, day, 12)) });

test("the next attempt is the earliest that is still to come", () => {
  expect(nextAttempt([], now)).toBeNull();
  expect(nextAttempt([{ nextAttemptAt: null }], now)).toBeNull();
  expect(nextAttempt([at(14), { nextAttemptAt: null }, at(11), at(12)], now)).toEqual(at(11).nextAttemptAt);
});

test("an attempt that was due by now is none, whatever came of it", () => {
  expect(nextAttempt([at(9), at(10)], now)).toBeNull();
  expect(nextAttempt([at(9), at(13)], now)).toEqual(at(13).nextAttemptAt);
});

test("only what Stripe has paused, and nothing is to be paid of, is paused", () => {
  expect(isPaused("paused", [])).toBe(true);
  expect(isPaused("paused", [{}])).toBe(false);
  expect(isPaused("past_due", [])).toBe(false);
  expect(isPaused(undefined, [])).toBe(false);
});
