import { describe, expect, it } from "vitest";
import { isAiLoop, isCannedLoop } from "./loop-brake";

const THANKS = "Thanks for writing to us. We are open from 8 to 4. What can we do for you?";
const slow = (body: string) => ({ body, quick: false });
const quick = (body: string) => ({ body, quick: true });
const times = (count: number, body: (n: number) => { body: string; quick: boolean }) =>
  Array.from({ length: count }, (_, n) => body(n));

describe("the AI goes on", () => {
  it.each([
    ["after five that were the same", slow(THANKS), times(5, () => slow(THANKS))],
    ["after fourteen different ones that came slowly", slow("Fifteenth"), times(14, (n) => slow(`${n}`))],
    ["to a slow one of its own after six quick ones", slow("Anybody there?"), times(6, (n) => quick(`${n}`))],
    ["where only a short number differs", slow("Question 7"), times(9, (n) => slow(`Question ${n + 10}`))],
    ["to the first that repeats itself", slow("OK"), [...times(5, (n) => slow(`${n}`)), slow("OK")]],
  ])("%s", (_, message, answered) => {
    expect(isAiLoop(message, answered)).toBe(false);
  });
});

describe("a person gets it", () => {
  it.each([
    ["the seventh of the same", slow(THANKS), times(6, () => slow(THANKS))],
    ["the seventh that comes within seconds", quick("g"), times(6, (n) => quick(`${n}`))],
    [
      "same and quick ones together",
      quick("x"),
      [...times(3, (n) => quick(`${n}`)), ...times(3, () => slow("x"))],
    ],
    [
      "near-identical: capitals, blanks and points",
      slow(THANKS),
      times(6, () => slow(` ${THANKS.toUpperCase()}!! `)),
    ],
    [
      "near-identical: times, dates and references",
      slow("Ticket 48213 opened at 10:42 on 21/11/2026."),
      times(6, (n) => slow(`Ticket 4821${n} opened at 10:3${n} on 20/11/2026.`)),
    ],
    ["near-identical without letters", slow("👍"), times(6, () => slow("👍"))],
    ["the sixteenth of any kind", slow("Sixteenth"), times(15, (n) => slow(`${n}`))],
  ])("%s", (_, message, answered) => {
    expect(isAiLoop(message, answered)).toBe(true);
  });
});

it("canned words go three times", () => {
  expect([0, 1, 2, 3, 4].map(isCannedLoop)).toEqual([false, false, false, true, true]);
});
