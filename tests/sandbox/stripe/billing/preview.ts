import type Stripe from "stripe";
import { z } from "zod";
import { customerOf } from "../customers";
import { misuse, noSuch, StripeFailure } from "../errors";
import { DEFAULT_LIMIT } from "../lists";
import { flag, int, type ParamsOf, words } from "../params";
import type { StripeState } from "../state";
import { chargesOf, type ItemsPlan, planItems } from "./change-items";
import { periodEnd } from "./change-subscription";
import { invoiceObject } from "./new-invoice";
import type { Invoice, Subscription, SubscriptionItem } from "./objects";
import { pendingOf } from "./pending";
import { nextBoundary } from "./periods";
import { itemsOfNext } from "./scheduled";
import { changedItems, proration } from "./subscription-params";

const NOT_FOUND = 404;
const HOUR = 3_600;

export const previewParams = z.strictObject({
  customer: words.optional(),
  subscription: words.optional(),
  subscription_details: z
    .strictObject({
      items: changedItems.optional(),
      proration_behavior: proration.optional(),
      proration_date: int.optional(),
      billing_cycle_anchor: z.enum(["now", "unchanged"]).optional(),
      cancel_at_period_end: flag.optional(),
      cancel_now: flag.optional(),
    })
    .optional(),
} satisfies ParamsOf<Stripe.InvoiceCreatePreviewParams>);

type PreviewParams = z.output<typeof previewParams>;

const RENEWS = ["active", "past_due", "unpaid", "trialing"];

const none = (customer: string): StripeFailure =>
  new StripeFailure(NOT_FOUND, {
    type: "invalid_request_error",
    code: "invoice_upcoming_none",
    message: `No upcoming invoices for customer: ${customer}`,
  });

function subscriptionOf(state: StripeState, { customer, subscription: id }: PreviewParams): Subscription {
  if (id === undefined && customer === undefined)
    throw misuse("You must provide `customer` or `subscription`.", { code: "parameter_missing" });
  if (id === undefined) {
    const own = state.subscriptions.list().filter((one) => one.customer === customer);
    const found = own.filter(({ status }) => RENEWS.includes(status)).at(-1);
    if (!found) throw none(customer ?? "");
    return found;
  }
  const found = state.subscriptions.get(id);
  if (!found) throw noSuch("subscription", id, "subscription");
  return found;
}

const nextPeriod = (items: readonly SubscriptionItem[], anchor: number): SubscriptionItem[] =>
  items.map((item) => ({
    ...item,
    current_period_start: item.current_period_end,
    current_period_end: item.price.recurring
      ? nextBoundary(anchor, item.price.recurring, item.current_period_end)
      : item.current_period_end,
  }));

/** What the next invoice would be, after a change or as things are. Source: docs.stripe.com/api/invoices/create_preview */
export function previewInvoice(state: StripeState, asked: PreviewParams): Invoice {
  const subscription = subscriptionOf(state, asked);
  const details = asked.subscription_details ?? {};
  if (!RENEWS.includes(subscription.status)) throw none(subscription.customer);
  const plan: ItemsPlan = planItems(state, subscription, details);
  const isNow = plan.restarts || details.proration_behavior === "always_invoice";
  const { cancel_at: cancelAt } = subscription;
  const ends = details.cancel_at_period_end ?? (cancelAt !== null && cancelAt <= periodEnd(subscription));
  if (ends && !isNow && pendingOf(state, subscription.id).length === 0) throw none(subscription.customer);
  const moved = { ...subscription, items: { ...subscription.items, data: plan.items } };
  const at = isNow ? state.now() : periodEnd(subscription);
  const renewed = isNow
    ? plan.items
    : nextPeriod(details.items ? plan.items : itemsOfNext(state, subscription), plan.anchor);
  const regular = plan.restarts || (!isNow && !ends) ? chargesOf(state, moved, renewed) : [];
  const preview = invoiceObject(
    state,
    state.newId("upcoming_in"),
    {
      subscription: moved,
      reason: "upcoming",
      charges: [...pendingOf(state, subscription.id), ...plan.prorations, ...regular],
      period: { start: subscription.items.data[0]?.current_period_start ?? at, end: at },
      finalizesAt: at + HOUR,
    },
    customerOf(state, subscription.customer),
  );
  if (preview.lines.data.length > DEFAULT_LIMIT) state.previews.set(preview.id, preview.lines.data);
  return { ...preview, created: at, automatically_finalizes_at: null };
}
