import { describe, expect, test } from "vitest";
import { bankHolidays, bankHolidaysToAdd, NATIONS, type Nation } from "./bank-holidays";

const days = (nation: Nation, year: number) =>
  bankHolidays(nation, year)
    .map(({ date }) => date.slice(5))
    .join(" ");

describe("the days that gov.uk/bank-holidays lists", () => {
  test.each<[Nation, number, string]>([
    ["England and Wales", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"],
    ["England and Wales", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"],
    ["England and Wales", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"],
    ["England and Wales", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"],
    ["Scotland", 2028, "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26"],
    ["Scotland", 2024, "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"],
    ["Scotland", 2025, "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26"],
    ["Scotland", 2027, "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28"],
    ["Northern Ireland", 2024, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"],
    ["Northern Ireland", 2025, "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26"],
    ["Northern Ireland", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28"],
  ])("%s %i", (nation, year, listed) => {
    expect(days(nation, year)).toBe(listed);
  });

  test("with their names; a day that stands for one at a weekend says so", () => {
    expect(bankHolidays("Scotland", 2022).slice(0, 2)).toEqual([
      { date: "2022-01-03", name: "New Year’s Day (substitute day)" },
      { date: "2022-01-04", name: "2nd January (substitute day)" },
    ]);
    expect(bankHolidays("England and Wales", 2022).slice(-2)).toEqual([
      { date: "2022-12-26", name: "Boxing Day" },
      { date: "2022-12-27", name: "Christmas Day (substitute day)" },
    ]);
  });
});

test.each([
  [1981, "04-17"],
  [2008, "03-21"],
  [2038, "04-23"],
  [2049, "04-16"],
  [2076, "04-17"],
])("Good Friday of %i is on %s", (year, date) => {
  const [friday] = bankHolidays("England and Wales", year).filter(({ name }) => name === "Good Friday");
  expect(friday?.date).toBe(`${year}-${date}`);
});

test("no bank holiday is at a weekend, and no two are on one day, in a hundred years", () => {
  for (const nation of NATIONS)
    for (let year = 1999; year < 2099; year += 1) {
      const all = bankHolidays(nation, year).map(({ date }) => date);
      expect(new Set(all).size).toBe(all.length);
      expect(all.filter((date) => [0, 6].includes(new Date(date).getUTCDay()))).toEqual([]);
    }
});

test("those of the coming year are closures of a day, without those on which it is shut already", () => {
  const christmas = { from: "2026-12-24", to: "2026-12-31", name: "Christmas" };
  const added = bankHolidaysToAdd("England and Wales", "2026-11-26", [christmas]);
  expect(added.map(({ from }) => from)).toEqual([
    ...["2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30"],
  ]);
  expect(added[1]).toEqual({ from: "2027-03-26", to: "2027-03-26", name: "Good Friday" });
  expect(bankHolidaysToAdd("England and Wales", "2026-11-26", [christmas, ...added])).toEqual([]);
  expect(bankHolidaysToAdd("Scotland", "2026-11-30", [])[0]).toMatchObject({ name: "St Andrew’s Day" });
});
