import type Stripe from "stripe";

/** How often a price is charged. */
export type Cycle = Pick<Stripe.Price.Recurring, "interval" | "interval_count">;

const MS = 1_000;
const DAY = 86_400;
const WEEK = 7 * DAY;
const MONTHS_OF_YEAR = 12;

/** The same day of the month and time of day in UTC, or the month's last day where it is shorter. */
function addMonths(anchor: number, months: number): number {
  const from = new Date(anchor * MS);
  const to = new Date(anchor * MS);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime() / MS;
}

function boundary(anchor: number, { interval, interval_count: count }: Cycle, turn: number): number {
  switch (interval) {
    case "day":
      return anchor + turn * count * DAY;
    case "week":
      return anchor + turn * count * WEEK;
    case "year":
      return addMonths(anchor, turn * count * MONTHS_OF_YEAR);
    default:
      return addMonths(anchor, turn * count);
  }
}

/**
 * The first end of a period after a moment, in seconds. Every end is counted from the anchor, so that the 31st comes
 * back after a short month. Source: docs.stripe.com/billing/subscriptions/billing-cycle
 */
export function nextBoundary(anchor: number, cycle: Cycle, after: number): number {
  let turn = 0;
  while (boundary(anchor, cycle, turn) > after) turn -= 1;
  while (boundary(anchor, cycle, turn) <= after) turn += 1;
  return boundary(anchor, cycle, turn);
}
