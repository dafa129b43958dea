import type { StripeState } from "../state";
import { dayOf, nameOf } from "./lines";
import type { Charged, SubscriptionItem, TaxRate } from "./objects";

/** The part of a price for the rest of a period, to the second, rounded to the penny for each line. */
function shareOf(amount: number, period: { start: number; end: number }, from: number): number {
  const left = Math.max(0, period.end - Math.max(from, period.start));
  return Math.round((amount * left) / (period.end - period.start));
}

function prorated(
  state: StripeState,
  item: SubscriptionItem,
  rates: readonly TaxRate[],
  from: number,
  kind: "unused" | "remaining",
): Charged {
  const period = { start: item.current_period_start, end: item.current_period_end };
  const share = shareOf(item.price.unit_amount * item.quantity, period, from);
  const words = kind === "unused" ? "Unused time on" : "Remaining time on";
  return {
    item,
    amount: kind === "unused" ? -share : share,
    description: `${words} ${item.quantity} × ${nameOf(state, item)} after ${dayOf(from)}`,
    period: { start: from, end: item.current_period_end },
    quantity: item.quantity,
    taxRates: item.tax_rates && item.tax_rates.length > 0 ? item.tax_rates : rates,
    proration: { invoiceItem: "" },
  };
}

const isSame = (one: SubscriptionItem, other: SubscriptionItem): boolean =>
  one.price.id === other.price.id && one.quantity === other.quantity;

/** What was paid for and is not used any more: a credit. */
export const unusedTime = (
  state: StripeState,
  items: readonly SubscriptionItem[],
  rates: readonly TaxRate[],
  from: number,
): Charged[] => items.map((item) => prorated(state, item, rates, from, "unused"));

/** A credit for each item as it was, a charge for each as it is, where it is another. Source: docs.stripe.com/billing/subscriptions/prorations */
export function prorations(
  state: StripeState,
  change: { before: readonly SubscriptionItem[]; after: readonly SubscriptionItem[] },
  rates: readonly TaxRate[],
  from: number,
): Charged[] {
  const kept = (item: SubscriptionItem, among: readonly SubscriptionItem[]): boolean =>
    among.some((other) => other.id === item.id && isSame(other, item));
  const gone = change.before.filter((item) => !kept(item, change.after));
  const come = change.after.filter((item) => !kept(item, change.before));
  return [
    ...unusedTime(state, gone, rates, from),
    ...come.map((item) => prorated(state, item, rates, from, "remaining")),
  ];
}
