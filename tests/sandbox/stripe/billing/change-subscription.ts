import { refusal, type StripeFailure } from "../errors";
import { change } from "../events";
import { mergeMetadata } from "../params";
import type { StripeState } from "../state";
import { bill } from "./bill";
import { chargesOf, type ItemsPlan, planItems } from "./change-items";
import { ownMethod } from "./create-subscription";
import { finalize } from "./invoice-progress";
import type { Invoice, Subscription } from "./objects";
import { collect } from "./pay-invoice";
import { addPending, pendingOf } from "./pending";
import type { SubscriptionChange } from "./subscription-params";
import { ratesOf } from "./tax-rates";

type Patch = Partial<Subscription>;

export const periodEnd = ({ items }: Subscription): number =>
  Math.max(...items.data.map(({ current_period_end: end }) => end));

const KEPT = { cancel_at: null, cancel_at_period_end: false, canceled_at: null } as const;

/** When a subscription is to end; taking that back lets it go on. */
function ending(state: StripeState, subscription: Subscription, asked: SubscriptionChange): Patch {
  const { cancel_at: at, cancel_at_period_end: atEnd } = asked;
  if (at !== undefined && atEnd === true)
    throw refusal("You cannot set both `cancel_at` and `cancel_at_period_end`.", { param: "cancel_at" });
  if (at === undefined && atEnd === undefined) return {};
  const details = { comment: null, feedback: null, feedback_option: null, reason: null };
  if (at === null || (at === undefined && atEnd === false)) return { ...KEPT, cancellation_details: details };
  const end = typeof at === "number" ? at : periodEnd(subscription);
  const { comment = null, feedback = null } = asked.cancellation_details ?? {};
  const said = { comment, feedback };
  if (end <= state.now())
    throw refusal("`cancel_at` must be a timestamp in the future.", { param: "cancel_at" });
  return {
    cancel_at: end,
    cancel_at_period_end: atEnd === true,
    canceled_at: state.now(),
    cancellation_details: { ...details, ...said, reason: "cancellation_requested" },
  };
}

function pausing({ pause_collection: asked }: SubscriptionChange): Patch {
  if (asked === undefined) return {};
  return {
    pause_collection: asked && { behavior: asked.behavior, resumes_at: asked.resumes_at ?? null },
  };
}

function simple(state: StripeState, before: Subscription, asked: SubscriptionChange): Patch {
  const { default_payment_method: method, default_tax_rates: rates, description } = asked;
  return {
    metadata: mergeMetadata(before.metadata, asked.metadata),
    ...(description === undefined ? {} : { description }),
    ...(method === undefined ? {} : { default_payment_method: ownMethod(state, before.customer, method) }),
    ...(rates === undefined ? {} : { default_tax_rates: ratesOf(state, rates, "default_tax_rates") }),
    ...pausing(asked),
    ...ending(state, before, asked),
  };
}

const STAYS = ["metadata", "cancellation_details"];

function refuseEnded({ status }: Subscription, asked: SubscriptionChange): void {
  const moves = Object.entries(asked).some(([name, value]) => value !== undefined && !STAYS.includes(name));
  if (moves && (status === "canceled" || status === "incomplete_expired"))
    throw refusal("A canceled subscription can only update its cancellation_details and metadata.", {
      code: "invalid_canceled_subscription_fields",
    });
}

/** Before its first payment a subscription cannot become another one. */
function refuseIncomplete({ status }: Subscription): void {
  if (status === "incomplete")
    throw refusal("A subscription that is incomplete can only update its metadata and payment method.", {
      param: "items",
    });
}

/** An invoice for a change, if one is due now; otherwise the prorations wait for the next. */
function billNow(
  state: StripeState,
  subscription: Subscription,
  plan: ItemsPlan,
  asked: SubscriptionChange,
): Invoice | undefined {
  for (const charged of plan.prorations) addPending(state, subscription, charged);
  const always =
    asked.proration_behavior === "always_invoice" && pendingOf(state, subscription.id).length > 0;
  if (!plan.restarts && !always) return undefined;
  const now = state.now();
  return bill(state, {
    subscription,
    reason: "subscription_update",
    charges: plan.restarts ? chargesOf(state, subscription, plan.items) : [],
    period: { start: now, end: now },
    finalizesAt: now,
  });
}

function changeItems(
  state: StripeState,
  before: Subscription,
  asked: SubscriptionChange,
  rest: Patch,
): Subscription {
  const plan = planItems(state, before, asked);
  const items = { ...before.items, data: plan.items };
  const moved = { ...before, ...rest, items, billing_cycle_anchor: plan.anchor };
  const ends = moved.cancel_at_period_end ? { cancel_at: periodEnd(moved) } : {};
  const status =
    before.status === "trialing" && plan.restarts
      ? { status: "active" as const, trial_end: state.now() }
      : {};
  const draft = billNow(state, moved, plan, asked);
  const invoice = draft && finalize(state, draft);
  // An invoice with nothing due is paid already, which may have moved the subscription.
  const current = state.subscriptions.get(before.id) ?? before;
  const after = change(
    state,
    state.subscriptions,
    current,
    {
      ...rest,
      ...ends,
      ...status,
      items,
      billing_cycle_anchor: plan.anchor,
      latest_invoice: invoice?.id ?? before.latest_invoice,
    },
    "customer.subscription.updated",
  );
  if (invoice?.status === "open")
    collect(state, invoice, { automatic: true, offSession: asked.off_session ?? false });
  return state.subscriptions.get(after.id) ?? after;
}

/** Changes what was given of a subscription. Source: docs.stripe.com/api/subscriptions/update */
export function changeSubscription(
  state: StripeState,
  before: Subscription,
  asked: SubscriptionChange,
): Subscription {
  refuseEnded(before, asked);
  if (asked.payment_behavior === "error_if_incomplete")
    throw refusal("The sandbox has no `error_if_incomplete`.", { param: "payment_behavior" });
  const rest = simple(state, before, asked);
  const moves =
    asked.items !== undefined || asked.billing_cycle_anchor === "now" || asked.trial_end === "now";
  if (typeof asked.trial_end === "number")
    throw refusal("The sandbox ends trials only at once or on their day.", { param: "trial_end" });
  if (asked.trial_end === "now" && before.status !== "trialing") throw notTrialing();
  if (!moves) return change(state, state.subscriptions, before, rest, "customer.subscription.updated");
  refuseIncomplete(before);
  const anchor = asked.trial_end === "now" ? "now" : asked.billing_cycle_anchor;
  return changeItems(state, before, { ...asked, billing_cycle_anchor: anchor }, rest);
}

const notTrialing = (): StripeFailure =>
  refusal("This subscription is not in a trial.", { param: "trial_end" });
