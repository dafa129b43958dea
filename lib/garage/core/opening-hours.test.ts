import { expect, test } from "vitest";
import { isOpen, readOpeningHours, USUAL_HOURS } from "./opening-hours";

const WORKDAY = { from: 480, to: 1_050 };

test.each([
  ["Mon–Fri 08:00–17:30, Sat 08:30–12:30", WORKDAY, { from: 510, to: 750 }],
  [
    "Monday to Friday 8am - 5.30pm; Saturday 8.30am to 12.30pm; Sunday closed",
    WORKDAY,
    { from: 510, to: 750 },
  ],
  ["mon-fri: 8-5:30", WORKDAY, undefined],
])("hours are read from %j", (text, weekday, saturday) => {
  const hours = readOpeningHours(text);
  expect(hours.slice(1, 6)).toEqual(Array(5).fill(weekday));
  expect(hours[6]).toEqual(saturday);
  expect(hours[0]).toBeUndefined();
});

test("hours that cannot be read are the usual ones", () => {
  for (const text of [
    undefined,
    "",
    "by appointment",
    "Mon–Fri 08:00–17:30, weekends by phone",
    "Mon 25:00-26:00",
  ]) {
    expect(readOpeningHours(text)).toBe(USUAL_HOURS);
  }
});

test("opening is inside, closing is not", () => {
  expect(isOpen(USUAL_HOURS, 1, 480)).toBe(true);
  expect(isOpen(USUAL_HOURS, 1, 479)).toBe(false);
  expect(isOpen(USUAL_HOURS, 1, 1_080)).toBe(false);
  expect(isOpen(USUAL_HOURS, 0, 600)).toBe(false);
});
