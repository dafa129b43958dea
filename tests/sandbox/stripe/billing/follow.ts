import { change } from "../events";
import type { StripeState } from "../state";
import { subscriptionOfInvoice } from "./new-invoice";
import type { Invoice, Subscription, SubscriptionStatus } from "./objects";

/** The invoice that decides how a subscription stands: its newest which is no draft. */
function latestFinalized({ invoices }: StripeState, subscription: string): Invoice | undefined {
  return invoices
    .list()
    .find((invoice) => invoice.status !== "draft" && subscriptionOfInvoice(invoice) === subscription);
}

/** Source: docs.stripe.com/billing/subscriptions/overview "Subscription statuses" */
function nextStatus(subscription: Subscription, invoice: Invoice, latest: boolean): SubscriptionStatus {
  const { status } = subscription;
  if (status === "incomplete") {
    if (invoice.status === "paid") return subscription.trial_end === null ? "active" : "trialing";
    return invoice.status === "void" ? "incomplete_expired" : status;
  }
  if (!latest) return status;
  if (status === "past_due" || status === "unpaid") return invoice.status === "open" ? status : "active";
  return status === "active" && invoice.status === "open" && invoice.attempted ? "past_due" : status;
}

/** What an invoice's progress means for its subscription. */
export function tellSubscription(state: StripeState, invoice: Invoice): void {
  const subscription = state.subscriptions.get(subscriptionOfInvoice(invoice) ?? "");
  if (!subscription) return;
  const latest = latestFinalized(state, subscription.id)?.id === invoice.id;
  const status = nextStatus(subscription, invoice, latest);
  if (status === subscription.status) return;
  const ended = status === "incomplete_expired" ? { ended_at: state.now() } : {};
  change(state, state.subscriptions, subscription, { status, ...ended }, "customer.subscription.updated");
}
