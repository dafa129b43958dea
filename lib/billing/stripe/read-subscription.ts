import type Stripe from "stripe";
import type { BayChange } from "../core/bay-history";
import type { NextInvoice } from "../core/bays-counted";
import type { SubscriptionFacts } from "../core/decide-subscription";
import type { InvoiceFacts } from "../core/invoice-facts";
import type { BillingInterval } from "../core/plan-price";
import { stripe } from "./client";
import { isMissing, isRefused } from "./errors";
import { type SubscriptionOrigin, subscriptionOriginOf } from "./origin";
import { linesOf, listInvoices, listPendingChanges, readInvoice } from "./read-invoices";

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
  const [latest, pending, nextInvoice] = await Promise.all([
    listInvoices(subscriptionId),
    listPendingChanges(idOf(subscription.customer), subscriptionId),
    item && bills(subscription, item) ? readNextInvoice(subscriptionId, item) : null,
  ]);
  const told = toldInvoice && !latest.some(({ invoiceId }) => invoiceId === toldInvoice);
  const extra = told ? await readInvoice(toldInvoice) : undefined;
  return {
    facts: factsOf(subscription, item),
    isMissing: false,
    origin: subscriptionOriginOf(subscription.metadata),
    invoices: extra?.subscriptionId === subscriptionId ? [...latest, extra] : latest,
    nextInvoice,
    bayChanges: [...pending, ...latest.flatMap(({ changes }) => changes)],
  };
}

const planItem = ({ items }: Stripe.Subscription, products: readonly string[]) =>
  items.data.find(({ price }) => products.includes(idOf(price.product))) ?? items.data[0];

const BILLED = ["active", "trialing", "past_due"];

/** Somebody at the dashboard paused its invoices: Stripe goes on calling it active, and nobody pays for it. */
const isCollectionPaused = ({ status, pause_collection: pause }: Stripe.Subscription): boolean =>
  pause !== null && BILLED.includes(status);

/** Whether another invoice will come. */
const bills = (subscription: Stripe.Subscription, item: Stripe.SubscriptionItem): boolean => {
  const { status, cancel_at: endsAt, cancel_at_period_end: endsWithPeriod } = subscription;
  if (!BILLED.includes(status) || isCollectionPaused(subscription) || endsWithPeriod) return false;
  return endsAt === null || endsAt > item.current_period_end;
};

async function previewInvoice(subscription: string): Promise<Stripe.Invoice | undefined> {
  try {
    return await stripe().invoices.createPreview({ subscription });
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

async function readNextInvoice(
  subscriptionId: string,
  { id: itemId, current_period_end: end }: Stripe.SubscriptionItem,
): Promise<NextInvoice | null> {
  const preview = await previewInvoice(subscriptionId);
  if (!preview) return null;
  const lines = await linesOf(preview).catch((error: unknown) => {
    // A preview is nothing that Stripe keeps.
    if (isMissing(error)) return preview.lines.data;
    throw error;
  });
  const bays = lines.find(({ parent }) => isPeriodOf(parent, itemId))?.quantity ?? null;
  return { at: date(end), amountPence: preview.amount_due, bays };
}

const isPeriodOf = (parent: Stripe.InvoiceLineItem.Parent | null, itemId: string): boolean =>
  parent?.subscription_item_details?.subscription_item === itemId &&
  !parent.subscription_item_details.proration;

/** No garage has so many: what is beyond is a mistake at Stripe, and a column holds this. */
const MOST_BAYS = 1_000_000;

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
    status: isCollectionPaused(subscription) ? "paused" : subscription.status,
    priceId: item?.price.id ?? "",
    productId: item ? idOf(item.price.product) : "",
    interval: item ? intervalOf(item.price) : null,
    bays: item ? Math.min(item.quantity ?? 1, MOST_BAYS) : 0,
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
