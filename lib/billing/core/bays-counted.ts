import type { BillingPeriod } from "@/lib/credits/core/billing-cycle";
import { londonDay } from "@/lib/shared/london-time";

export type NextInvoice = {
  readonly at: Date;
  readonly amountPence: number;
  /** What it will bill; null: not known. */
  readonly bays: number | null;
};

/** Bays that count for the running period, and from the next one on. */
export type BaysCounted = { readonly now: number; readonly later: number };

/**
 * Our periods begin at midnight, Stripe's at some time of that day. Fewer bays that wait for the end of Stripe's period
 * count from that midnight on; and in the hours between, what Stripe bills until then raises nothing.
 *
 * @param counted what counts already; null: nothing that is reckoned from bays.
 */
export function baysCounted(
  bays: number,
  next: NextInvoice | null,
  period: BillingPeriod,
  counted: number | null,
): BaysCounted {
  if (!next || londonDay(next.at) > londonDay(period.endsAt)) return { now: bays, later: bays };
  const later = Math.min(bays, next.bays ?? bays);
  if (londonDay(next.at) > period.key) return { now: bays, later };
  const low = Math.min(later, counted ?? later);
  return { now: low, later: low };
}
