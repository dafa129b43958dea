import { TZDate } from "@date-fns/tz";
import { addMonths, format, getDaysInMonth } from "date-fns";

const ZONE = "Europe/London";

/** Half-open: `startsAt` is inside, `endsAt` is the next period's start. Both are London midnights, in UTC. */
export type BillingPeriod = {
  /** The London date on which it starts, e.g. "2026-11-01": one allowance an organisation and key. */
  readonly key: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

/**
 * The monthly period that holds a moment. The anchor day is the original one (1 to 31): the 31st clamps to a
 * shorter month's last day and returns in the next. Used by Stripe's events and the scheduler alike.
 */
export function billingPeriod(moment: Date, anchorDay: number): BillingPeriod {
  const local = new TZDate(moment.getTime(), ZONE);
  const thisMonth = anchorIn(local.getFullYear(), local.getMonth(), anchorDay);
  const start = local.getTime() >= thisMonth.getTime() ? thisMonth : neighbour(thisMonth, -1, anchorDay);
  return {
    key: format(start, "yyyy-MM-dd"),
    startsAt: new Date(start.getTime()),
    endsAt: new Date(neighbour(start, 1, anchorDay).getTime()),
  };
}

function anchorIn(year: number, month: number, anchorDay: number): TZDate {
  const first = new TZDate(year, month, 1, ZONE);
  return new TZDate(first.getFullYear(), first.getMonth(), Math.min(anchorDay, getDaysInMonth(first)), ZONE);
}

function neighbour(start: TZDate, months: number, anchorDay: number): TZDate {
  const first = addMonths(new TZDate(start.getFullYear(), start.getMonth(), 1, ZONE), months);
  return anchorIn(first.getFullYear(), first.getMonth(), anchorDay);
}
