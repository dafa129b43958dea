import { expect, test } from "vitest";
import { snoozeTimes } from "./snooze-times";

const times = (now: string) =>
  snoozeTimes(new Date(now)).map(({ label, until }) => `${label}: ${until.toISOString()}`);

test.each([
  [
    "a Thursday afternoon",
    "2026-11-26T14:07:00Z",
    [
      "Later today: 2026-11-26T17:15:00.000Z",
      "Tomorrow: 2026-11-27T09:00:00.000Z",
      "Next Monday: 2026-11-30T09:00:00.000Z",
    ],
  ],
  [
    "a Monday: the next one, not today",
    "2026-11-23T08:00:00Z",
    [
      "Later today: 2026-11-23T11:00:00.000Z",
      "Tomorrow: 2026-11-24T09:00:00.000Z",
      "Next Monday: 2026-11-30T09:00:00.000Z",
    ],
  ],
  [
    "late in the evening nothing is later today",
    "2026-11-26T19:00:00Z",
    ["Tomorrow: 2026-11-27T09:00:00.000Z", "Next Monday: 2026-11-30T09:00:00.000Z"],
  ],
  [
    "a Saturday before the clocks go forward: nine o’clock is an hour earlier",
    "2026-03-28T10:00:00Z",
    [
      "Later today: 2026-03-28T13:00:00.000Z",
      "Tomorrow: 2026-03-29T08:00:00.000Z",
      "Next Monday: 2026-03-30T08:00:00.000Z",
    ],
  ],
  [
    "a Saturday before they go back",
    "2026-10-24T10:00:00Z",
    [
      "Later today: 2026-10-24T13:00:00.000Z",
      "Tomorrow: 2026-10-25T09:00:00.000Z",
      "Next Monday: 2026-10-26T09:00:00.000Z",
    ],
  ],
  [
    "a Sunday: tomorrow is Monday, said once",
    "2026-11-29T10:00:00Z",
    ["Later today: 2026-11-29T13:00:00.000Z", "Tomorrow: 2026-11-30T09:00:00.000Z"],
  ],
  [
    "half past midnight in summer is the new day in London",
    "2026-07-14T23:30:00Z",
    [
      "Later today: 2026-07-15T02:30:00.000Z",
      "Tomorrow: 2026-07-16T08:00:00.000Z",
      "Next Monday: 2026-07-20T08:00:00.000Z",
    ],
  ],
])("%s", (_, now, expected) => {
  expect(times(now)).toEqual(expected);
});
