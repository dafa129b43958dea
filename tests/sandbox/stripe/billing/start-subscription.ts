import { customerOf } from "../customers";
import { emit } from "../events";
import type { PaymentIntent } from "../objects";
import type { StripeState } from "../state";
import { finalize, settleInvoice } from "./invoice-progress";
import { periodCharge } from "./lines";
import { createInvoice } from "./new-invoice";
import type { Invoice, Subscription } from "./objects";
import { type NewSubscription, subscriptionObject } from "./subscription-object";

/**
 * A subscription and its first invoice, which is finalised at once and then waits to be paid. `by` is the payment
 * that was made for it already, as in Checkout.
 */
export function startSubscription(
  state: StripeState,
  asked: NewSubscription,
  by: PaymentIntent | null = null,
): { subscription: Subscription; invoice: Invoice } {
  const customer = customerOf(state, asked.customer, "customer");
  const made = subscriptionObject(state, asked);
  const id = state.newId("in");
  const subscription = state.subscriptions.put({ ...made, latest_invoice: id });
  emit(state, "customer.subscription.created", subscription);
  if (customer.currency === null) state.customers.put({ ...customer, currency: asked.currency });
  const free = asked.trialEnd !== null;
  const charges = subscription.items.data.map((item) =>
    periodCharge(state, item, subscription.default_tax_rates, free),
  );
  const now = state.now();
  const draft = createInvoice(
    state,
    {
      subscription,
      reason: "subscription_create",
      charges,
      period: { start: now, end: now },
      finalizesAt: now,
    },
    customer,
    id,
  );
  const open = finalize(state, draft, by);
  const invoice = by?.status === "succeeded" && open.status === "open" ? settleInvoice(state, open) : open;
  return { subscription: state.subscriptions.get(subscription.id) ?? subscription, invoice };
}
