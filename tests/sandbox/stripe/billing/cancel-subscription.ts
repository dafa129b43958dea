import type { z } from "zod";
import { refusal } from "../errors";
import type { StripeState } from "../state";
import { bill } from "./bill";
import { endSubscription } from "./end-subscription";
import { finalize } from "./invoice-progress";
import type { Subscription } from "./objects";
import { collect } from "./pay-invoice";
import { addPending, pendingOf } from "./pending";
import { unusedTime } from "./prorate";
import type { cancelParams } from "./subscription-params";

/** What waits is billed once more after the end, by itself. */
export function billLast(state: StripeState, ended: Subscription): void {
  if (pendingOf(state, ended.id).length === 0) return;
  const now = state.now();
  const draft = bill(state, {
    subscription: ended,
    reason: "subscription_update",
    charges: [],
    period: { start: now, end: now },
    finalizesAt: now,
  });
  state.subscriptions.put({ ...ended, latest_invoice: draft.id });
  const invoice = finalize(state, draft);
  if (invoice.status === "open") collect(state, invoice, { automatic: true, offSession: true });
}

/** Ends a subscription at once. Source: docs.stripe.com/api/subscriptions/cancel */
export function cancelSubscription(
  state: StripeState,
  subscription: Subscription,
  { cancellation_details: details = {}, invoice_now: bills, prorate }: z.output<typeof cancelParams>,
): Subscription {
  if (subscription.ended_at !== null)
    throw refusal(`No active subscription: ${subscription.id} has ended already.`, {
      code: "resource_missing",
    });
  if (prorate && subscription.status !== "trialing")
    for (const charged of unusedTime(
      state,
      subscription.items.data,
      subscription.default_tax_rates,
      state.now(),
    ))
      addPending(state, subscription, charged);
  const told = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  const ended = endSubscription(state, subscription, { ...told, reason: "cancellation_requested" });
  if (bills) billLast(state, ended);
  return state.subscriptions.get(ended.id) ?? ended;
}
