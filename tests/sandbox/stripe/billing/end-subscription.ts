import type Stripe from "stripe";
import { change, emit } from "../events";
import type { StripeState } from "../state";
import { stopCollecting, voidInvoice } from "./close-invoice";
import type { Subscription } from "./objects";

type Details = Partial<Stripe.Subscription.CancellationDetails>;

/** A subscription ends now, and for good; its open invoices are collected no more. */
export function endSubscription(
  state: StripeState,
  subscription: Subscription,
  details: Details,
): Subscription {
  if (subscription.status === "incomplete") return expireIncomplete(state, subscription);
  const now = state.now();
  const ended = change(state, state.subscriptions, subscription, {
    status: "canceled",
    canceled_at: subscription.canceled_at ?? now,
    ended_at: now,
    pause_collection: null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: null,
      ...subscription.cancellation_details,
      ...details,
    },
  });
  stopCollecting(state, subscription.id);
  emit(state, "customer.subscription.deleted", ended);
  return ended;
}

/** The first invoice was not paid in time. */
export function expireIncomplete(state: StripeState, subscription: Subscription): Subscription {
  const invoice = state.invoices.get(subscription.latest_invoice ?? "");
  if (invoice?.status === "open") voidInvoice(state, invoice);
  const after = state.subscriptions.get(subscription.id) ?? subscription;
  if (after.status !== "incomplete") return after;
  // An invoice that was given up is not voided, and the subscription ends all the same.
  const ended = { status: "incomplete_expired", ended_at: state.now() } as const;
  return change(state, state.subscriptions, after, ended, "customer.subscription.updated");
}
