import type Stripe from "stripe";
import type { BayChange } from "../core/bay-history";
import type { SubscriptionFacts } from "../core/decide-subscription";
import type { InvoiceFacts } from "../core/invoice-facts";
import type { BillingInterval } from "../core/plan-price";
import { stripe } from "./client";
import { isMissing, isRefused } from "./errors";
import { type SubscriptionOrigin, subscriptionOriginOf } from "./origin";
import { listInvoices, listPendingChanges, readInvoice } from "./read-invoices";

export type NextInvoice = { readonly at: Date; readonly amountPence: number };

/** A subscription as Stripe has it now. */
export type ReadSubscription = {
  readonly facts: SubscriptionFacts;
  /** Stripe does not know it any more: these are the facts of its last reading. */
  readonly isMissing: boolean;
  /** What its metadata says of where it came from. */
  readonly origin: SubscriptionOrigin | undefined;
  /** Its latest ones. */
  readonly invoices: readonly InvoiceFacts[];
  /** Null where none will come. */
  readonly nextInvoice: NextInvoice | null;
  /** How its bays changed, by what its latest invoices charge and credit, and the next will. */
  readonly bayChanges: readonly BayChange[];
};

const date = (seconds: number): Date => new Date(seconds * 1_000);
const dateOrNull = (seconds: number | null): Date | null => (seconds === null ? null : date(seconds));
const idOf = (reference: string | { readonly id: string }): string =>
  typeof reference === "string" ? reference : reference.id;

/**
 * A subscription whole: with its invoices, and with one more that somebody told of. Undefined if Stripe knows none.
 *
 * @param products those of our plans: of several items, the one that is a plan counts.
 */
export async function readSubscription(
  subscriptionId: string,
  products: readonly string[],
  toldInvoice?: string,
): Promise<ReadSubscription | undefined> {
  const subscription = await stripe()
    .subscriptions.retrieve(subscriptionId)
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (!subscription) return undefined;
  const item = planItem(subscription, products);
  const [latest, pending, preview] = await Promise.all([
    listInvoices(subscriptionId),
    listPendingChanges(idOf(subscription.customer), subscriptionId),
    bills(subscription) ? previewInvoice(subscriptionId) : undefined,
  ]);
  const told = toldInvoice && !latest.some(({ invoiceId }) => invoiceId === toldInvoice);
  const extra = told ? await readInvoice(toldInvoice) : undefined;
  return {
    facts: factsOf(subscription, item),
    isMissing: false,
    origin: subscriptionOriginOf(subscription.metadata),
    invoices: extra?.subscriptionId === subscriptionId ? [...latest, extra] : latest,
    nextInvoice:
      preview && item ? { at: date(item.current_period_end), amountPence: preview.amount_due } : null,
    bayChanges: [...pending, ...latest.flatMap(({ changes }) => changes)],
  };
}

const planItem = ({ items }: Stripe.Subscription, products: readonly string[]) =>
  items.data.find(({ price }) => products.includes(idOf(price.product))) ?? items.data[0];

/** Whether another invoice will come. */
const bills = ({ status, cancel_at, cancel_at_period_end }: Stripe.Subscription): boolean =>
  ["active", "trialing", "past_due"].includes(status) && cancel_at === null && !cancel_at_period_end;

async function previewInvoice(subscription: string): Promise<Stripe.Invoice | undefined> {
  try {
    return await stripe().invoices.createPreview({ subscription });
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

/** A subscription of which Stripe names no item is one without bays. */
function factsOf(
  subscription: Stripe.Subscription,
  item: Stripe.SubscriptionItem | undefined,
): SubscriptionFacts {
  const rates = item?.tax_rates?.length ? item.tax_rates : (subscription.default_tax_rates ?? []);
  const endsWithPeriod = subscription.cancel_at_period_end && item ? item.current_period_end : null;
  return {
    subscriptionId: subscription.id,
    customerId: idOf(subscription.customer),
    status: subscription.status,
    priceId: item?.price.id ?? "",
    productId: item ? idOf(item.price.product) : "",
    interval: item ? intervalOf(item.price) : null,
    bays: item ? (item.quantity ?? 1) : 0,
    unitPence: item?.price.unit_amount ?? 0,
    taxPercent: rates.reduce((sum, rate) => sum + (rate.inclusive ? 0 : rate.percentage), 0),
    currency: subscription.currency,
    beganAt: date(subscription.start_date),
    // The portal sets either of the two.
    endsAt: dateOrNull(subscription.cancel_at ?? endsWithPeriod),
    endedAt: dateOrNull(subscription.ended_at),
  };
}

function intervalOf({ recurring }: Stripe.Price): BillingInterval | null {
  if (recurring?.interval_count !== 1) return null;
  if (recurring.interval === "year") return "year";
  return recurring.interval === "month" ? "month" : null;
}
