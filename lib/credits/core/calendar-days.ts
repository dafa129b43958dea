import { addDays, differenceInCalendarDays, format, parseISO } from "date-fns";

/** "2026-11-21" plus so many days. */
export const plusDays = (day: string, days: number): string =>
  format(addDays(parseISO(day), days), "yyyy-MM-dd");

/** Whole days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  differenceInCalendarDays(parseISO(to), parseISO(from));
