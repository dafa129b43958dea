import { londonDay, londonDayOfMonth, londonMoment, plusDays } from "@/lib/shared/london-time";

/** Half-open: `startsAt` is inside, `endsAt` is the next period's start. Both are London midnights, in UTC. */
export type BillingPeriod = {
  /** The London date on which it starts, e.g. "2026-11-01". */
  readonly key: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

/**
 * The monthly period that holds a moment. The anchor is the instant at which the subscription began, and its London day
 * of the month is every period's first: the 31st is the last day of a shorter month, and comes back in a longer one.
 */
export function billingPeriod(moment: Date, anchor: Date): BillingPeriod {
  const day = londonDay(moment);
  const anchorDay = londonDayOfMonth(anchor);
  const thisMonth = firstDay(day, 0, anchorDay);
  const back = day >= thisMonth ? 0 : -1;
  const key = firstDay(day, back, anchorDay);
  return { key, startsAt: londonMoment(key), endsAt: londonMoment(firstDay(day, back + 1, anchorDay)) };
}

/** An anchor on a day of the month (1 to 31): the last London midnight, up to a moment, that begins such a day. */
export function anchorOn(dayOfMonth: number, moment: Date): Date {
  let day = londonDay(moment);
  while (Number(day.slice(-2)) !== dayOfMonth) day = plusDays(day, -1);
  return londonMoment(day);
}

/** The day on which the period begins that starts `months` after the month of `day`. */
function firstDay(day: string, months: number, anchorDay: number): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  first.setUTCDate(Math.min(anchorDay, lastDay));
  return first.toISOString().slice(0, 10);
}
