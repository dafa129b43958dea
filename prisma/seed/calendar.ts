import { TZDate } from "@date-fns/tz";

const ZONE = "Europe/London";
const DAY_MS = 86_400_000;

/** The moment of a London wall clock, `offset` days from a London day ("YYYY-MM-DD"; negative: before). */
export function londonMoment(day: string, offset: number, hour = 0, minute = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, date + offset, hour, minute, ZONE).getTime());
}

/** Whole days from one London day to another. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

export function isSunday(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
}
