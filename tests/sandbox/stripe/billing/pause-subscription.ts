import { refusal } from "../errors";
import { change, emit } from "../events";
import type { StripeState } from "../state";
import { bill } from "./bill";
import { chargesOf } from "./change-items";
import { finalize } from "./invoice-progress";
import type { Subscription } from "./objects";
import { collect } from "./pay-invoice";
import { nextBoundary } from "./periods";

const PAUSABLE = ["active", "past_due", "trialing", "unpaid"];

/** No more invoices until it is resumed. */
export function pauseSubscription(
  state: StripeState,
  subscription: Subscription,
  why: "pause_requested" | "trial_end_without_payment_method" = "pause_requested",
): Subscription {
  if (!PAUSABLE.includes(subscription.status))
    throw refusal(`A subscription that is ${subscription.status} cannot be paused.`);
  const paused = change(
    state,
    state.subscriptions,
    subscription,
    {
      status: "paused",
      status_details: {
        paused: { subscription: { type: why }, transitioned_at: state.now(), type: "subscription" },
      },
    },
    "customer.subscription.updated",
  );
  emit(state, "customer.subscription.paused", paused);
  return paused;
}

/** It goes on: with a new period from now, or within the one it was in. */
export function resumeSubscription(
  state: StripeState,
  subscription: Subscription,
  anchor: "now" | "unchanged" = "now",
): Subscription {
  if (subscription.status !== "paused")
    throw refusal(`You can only resume paused subscriptions. This subscription is ${subscription.status}.`);
  const now = state.now();
  const from = anchor === "now" ? now : subscription.billing_cycle_anchor;
  const data = subscription.items.data.map((item) => {
    if (anchor === "unchanged" && item.current_period_end > now) return item;
    const end = item.price.recurring ? nextBoundary(from, item.price.recurring, now) : now;
    return { ...item, current_period_start: now, current_period_end: end };
  });
  const isNew = data.some((item, index) => item !== subscription.items.data[index]);
  const moved = { ...subscription, billing_cycle_anchor: from, items: { ...subscription.items, data } };
  const draft = isNew
    ? bill(state, {
        subscription: moved,
        reason: "subscription_update",
        charges: chargesOf(state, moved, data),
        period: { start: now, end: now },
        finalizesAt: now,
      })
    : undefined;
  const { status_details: _paused, ...rest } = subscription;
  const invoice = draft && finalize(state, draft);
  state.subscriptions.put(rest);
  const resumed = change(
    state,
    state.subscriptions,
    rest,
    {
      status: "active",
      billing_cycle_anchor: from,
      items: moved.items,
      latest_invoice: invoice?.id ?? subscription.latest_invoice,
    },
    "customer.subscription.updated",
  );
  emit(state, "customer.subscription.resumed", resumed);
  if (invoice?.status === "open") collect(state, invoice, { automatic: true, offSession: true });
  return state.subscriptions.get(resumed.id) ?? resumed;
}
