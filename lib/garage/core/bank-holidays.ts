import { plusDays } from "@/lib/shared/london-time";
import type { Closure } from "./opening-hours";

const ENGLAND_AND_WALES = "England and Wales";
const SCOTLAND = "Scotland";
const NORTHERN_IRELAND = "Northern Ireland";

/** Where bank holidays differ. */
export const NATIONS = [ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND] as const;

export type Nation = (typeof NATIONS)[number];

type Holiday = { readonly date: string; readonly name: string };

const day = (year: number, month: number, date: number): string =>
  `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;

/** 0 is Sunday. */
const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay();
const isWeekend = (date: string): boolean => weekdayOf(date) === 0 || weekdayOf(date) === 6;
/** The first Monday from a date on. */
const mondayFrom = (date: string): string => plusDays(date, (8 - weekdayOf(date)) % 7);

/** Easter Sunday of a year from 1900 to 2099. Source: Gauss's computation, Gregorian calendar */
function easterOf(year: number): string {
  const golden = year % 19;
  const moon = (19 * golden + 24) % 30;
  const days = moon + ((2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7);
  const isTooLate = days === 35 || (days === 34 && moon === 28 && golden > 10);
  return plusDays(day(year, 3, 22), isTooLate ? days - 7 : days);
}

type Rule = {
  readonly name: string;
  readonly on: (year: number) => string;
  /** Not given: everywhere. */
  readonly only?: readonly Nation[];
};

/** Source: Banking and Financial Dealings Act 1971, schedule 1, and gov.uk/bank-holidays, whose names these are */
const RULES: readonly Rule[] = [
  { name: "New Year’s Day", on: (year) => day(year, 1, 1) },
  { name: "2nd January", on: (year) => day(year, 1, 2), only: [SCOTLAND] },
  { name: "St Patrick’s Day", on: (year) => day(year, 3, 17), only: [NORTHERN_IRELAND] },
  { name: "Good Friday", on: (year) => plusDays(easterOf(year), -2) },
  {
    ...{ name: "Easter Monday", only: [ENGLAND_AND_WALES, NORTHERN_IRELAND] },
    on: (year) => plusDays(easterOf(year), 1),
  },
  { name: "Early May bank holiday", on: (year) => mondayFrom(day(year, 5, 1)) },
  { name: "Spring bank holiday", on: (year) => mondayFrom(day(year, 5, 25)) },
  { name: "Battle of the Boyne", on: (year) => day(year, 7, 12), only: [NORTHERN_IRELAND] },
  { name: "Summer bank holiday", on: (year) => mondayFrom(day(year, 8, 1)), only: [SCOTLAND] },
  {
    ...{ name: "Summer bank holiday", only: [ENGLAND_AND_WALES, NORTHERN_IRELAND] },
    on: (year) => mondayFrom(day(year, 8, 25)),
  },
  { name: "St Andrew’s Day", on: (year) => day(year, 11, 30), only: [SCOTLAND] },
  { name: "Christmas Day", on: (year) => day(year, 12, 25) },
  { name: "Boxing Day", on: (year) => day(year, 12, 26) },
];

/** A nation's bank holidays of a year, by their day. One at a weekend is kept on the next weekday that is none already. */
export function bankHolidays(nation: Nation, year: number): Holiday[] {
  const due = RULES.filter(({ only }) => only?.includes(nation) ?? true).map(({ name, on }) => ({
    name,
    date: on(year),
  }));
  const kept = due.filter(({ date }) => !isWeekend(date));
  const taken = new Set(kept.map(({ date }) => date));
  for (const { name, date } of due.filter((one) => isWeekend(one.date))) {
    let substitute = plusDays(date, 1);
    while (isWeekend(substitute) || taken.has(substitute)) substitute = plusDays(substitute, 1);
    taken.add(substitute);
    kept.push({ name: `${name} (substitute day)`, date: substitute });
  }
  return kept.sort((one, other) => (one.date < other.date ? -1 : 1));
}

const YEAR_DAYS = 365;

/** The bank holidays of the year from `today` (a London date) on, as closures: those on which the garage is not shut already. */
export function bankHolidaysToAdd(nation: Nation, today: string, closures: readonly Closure[]): Closure[] {
  const year = Number(today.slice(0, 4));
  const isShut = (date: string) => closures.some(({ from, to }) => from <= date && date <= to);
  return [...bankHolidays(nation, year), ...bankHolidays(nation, year + 1)]
    .filter(({ date }) => date >= today && date < plusDays(today, YEAR_DAYS) && !isShut(date))
    .map(({ date, name }) => ({ from: date, to: date, name }));
}
