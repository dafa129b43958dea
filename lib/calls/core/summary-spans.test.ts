import { expect, test } from "vitest";
import { summarySpans } from "./summary-spans";

const spans = (now: string) =>
  Object.fromEntries(
    Object.entries(summarySpans(new Date(now))).map(([name, { from, to }]) => [
      name,
      `${from.toISOString().slice(0, 16)} ${to.toISOString().slice(0, 16)}`,
    ]),
  );

test.each([
  [
    "an ordinary Thursday",
    "2026-11-26T14:10:59Z",
    {
      today: "2026-11-26T00:00 2026-11-27T00:00",
      week: "2026-11-23T00:00 2026-11-30T00:00",
      sameDayLastWeek: "2026-11-19T00:00 2026-11-19T14:10",
      lastWeek: "2026-11-16T00:00 2026-11-19T14:10",
    },
  ],
  [
    "the first minute of a summer Monday, which is Sunday in Greenwich",
    "2026-07-12T23:00:30Z",
    {
      today: "2026-07-12T23:00 2026-07-13T23:00",
      week: "2026-07-12T23:00 2026-07-19T23:00",
      sameDayLastWeek: "2026-07-05T23:00 2026-07-05T23:00",
      lastWeek: "2026-07-05T23:00 2026-07-05T23:00",
    },
  ],
  [
    "the Sunday the clocks go back: 25 hours, and last week in summer time",
    "2026-10-25T20:30:00Z",
    {
      today: "2026-10-24T23:00 2026-10-26T00:00",
      week: "2026-10-18T23:00 2026-10-26T00:00",
      sameDayLastWeek: "2026-10-17T23:00 2026-10-18T19:30",
      lastWeek: "2026-10-11T23:00 2026-10-18T19:30",
    },
  ],
  [
    "the Sunday they go forward: 23 hours",
    "2027-03-28T08:00:00Z",
    {
      today: "2027-03-28T00:00 2027-03-28T23:00",
      week: "2027-03-22T00:00 2027-03-28T23:00",
      sameDayLastWeek: "2027-03-21T00:00 2027-03-21T09:00",
      lastWeek: "2027-03-15T00:00 2027-03-21T09:00",
    },
  ],
])("London days and weeks on %s", (_, now, expected) => {
  expect(spans(now)).toEqual(expected);
});
