import { TZDate } from "@date-fns/tz";
import { addDays, differenceInCalendarDays, format, parseISO } from "date-fns";
import { TIME_ZONE } from "./format";
import { processWide } from "./process-wide";

const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** ISO 8601 with a time; without an offset it is UK time. Undefined for anything else and for days that do not exist. */
export function readLondonTime(text: string): Date | undefined {
  const [, year, month, day, hour, minute, offset] = ISO.exec(text.trim()) ?? [];
  if (year === undefined) return undefined;
  const numbers = [year, month, day, hour, minute].map(Number);
  const [y = 0, m = 0, d = 0, h = 0, min = 0] = numbers;
  const calendar = new Date(Date.UTC(y, m - 1, d, h, min));
  const exists = calendar.getUTCMonth() === m - 1 && calendar.getUTCDate() === d && h < 24 && min < 60;
  if (!exists) return undefined;
  if (offset === undefined) return new Date(new TZDate(y, m - 1, d, h, min, TIME_ZONE).getTime());
  const [, sign, hours, rest] = /([+-])(\d{2}):?(\d{2})/.exec(offset) ?? [];
  const shift = sign === undefined ? 0 : (Number(hours) * 60 + Number(rest)) * (sign === "-" ? -1 : 1);
  return new Date(calendar.getTime() - shift * 60_000);
}

/** As it is said on the phone: "Tuesday 24 November at 10:30". */
export const sayLondonTime = (at: Date): string =>
  format(new TZDate(at.getTime(), TIME_ZONE), "EEEE d MMMM 'at' HH:mm");

/** A London day as it is said: "Tuesday 24 November 2026". */
export const sayLondonDay = (at: Date): string =>
  format(new TZDate(at.getTime(), TIME_ZONE), "EEEE d MMMM yyyy");

/** Day of the week (0 is Sunday) and minutes after midnight, in London. */
export function londonClock(at: Date): { day: number; minute: number } {
  const local = new TZDate(at.getTime(), TIME_ZONE);
  return { day: local.getDay(), minute: local.getHours() * 60 + local.getMinutes() };
}

const HOUR_MS = 3_600_000;
/** London's clock is whole hours from UTC, so an hour lies in one day. Formatting takes as long as ten settles' prices. */
const latest = processWide("london-day", () => ({ hour: Number.NaN, day: "" }));

/** The London date of a moment, "YYYY-MM-DD": the day on which usage counts, and on which a period starts. */
export function londonDay(at: Date): string {
  const hour = Math.floor(at.getTime() / HOUR_MS);
  const known = latest();
  if (hour !== known.hour) {
    known.day = format(new TZDate(at.getTime(), TIME_ZONE), "yyyy-MM-dd");
    known.hour = hour;
  }
  return known.day;
}

/** The London day of the month, 1 to 31. */
export const londonDayOfMonth = (at: Date): number => new TZDate(at.getTime(), TIME_ZONE).getDate();

/** The moment of a London wall clock, `offset` days from a London day ("YYYY-MM-DD"; negative: before). */
export function londonMoment(day: string, offset = 0, hour = 0, minute = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, date + offset, hour, minute, TIME_ZONE).getTime());
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day that exists, "YYYY-MM-DD", for PostgreSQL too: before the year 1 comes 1 BC, and no year 0. */
export function isDay(text: string): boolean {
  if (!DAY.test(text) || text.startsWith("0000")) return false;
  const at = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** "2026-11-21" plus so many days. */
export const plusDays = (day: string, days: number): string =>
  format(addDays(parseISO(day), days), "yyyy-MM-dd");

/** Whole days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  differenceInCalendarDays(parseISO(to), parseISO(from));
