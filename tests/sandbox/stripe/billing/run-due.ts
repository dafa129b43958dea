import { change, emit } from "../events";
import { expire } from "../sessions";
import type { StripeState } from "../state";
import { bill } from "./bill";
import { billLast } from "./cancel-subscription";
import { chargesOf } from "./change-items";
import { periodEnd } from "./change-subscription";
import { markUncollectible, voidInvoice } from "./close-invoice";
import { endSubscription, expireIncomplete } from "./end-subscription";
import { finalize } from "./invoice-progress";
import { subscriptionOfInvoice } from "./new-invoice";
import type { Invoice, Subscription } from "./objects";
import { collect } from "./pay-invoice";
import { nextBoundary } from "./periods";
import { itemsOfNext } from "./scheduled";

const HOUR = 3_600;
const DAY = 86_400;
const FIRST_PAYMENT_HOURS = 23;
const TRIAL_WARNING_DAYS = 3;
const RENEWS = ["active", "past_due", "unpaid", "trialing"];

/** Something that happens by itself, at its moment in seconds. */
interface Due {
  at: number;
  run: () => unknown;
}

/** A new period: its invoice is drafted at once, and finalised an hour later. */
function renew(state: StripeState, subscription: Subscription): void {
  const now = state.now();
  const before = subscription.items.data[0]?.current_period_start ?? now;
  const data = itemsOfNext(state, subscription).map((item) => ({
    ...item,
    current_period_start: item.current_period_end,
    current_period_end: item.price.recurring
      ? nextBoundary(subscription.billing_cycle_anchor, item.price.recurring, item.current_period_end)
      : item.current_period_end,
  }));
  const items = { ...subscription.items, data };
  const isLeft =
    subscription.status === "unpaid" || subscription.pause_collection?.behavior === "keep_as_draft";
  const draft = bill(state, {
    subscription: { ...subscription, items },
    reason: "subscription_cycle",
    charges: chargesOf(state, subscription, data),
    period: { start: before, end: now },
    finalizesAt: isLeft ? null : now + HOUR,
  });
  const status = subscription.status === "trialing" ? "active" : subscription.status;
  state.scheduled.delete(subscription.id);
  const patch = { items, status, latest_invoice: draft.id, schedule: null };
  change(state, state.subscriptions, subscription, patch, "customer.subscription.updated");
}

function endOf(state: StripeState, subscription: Subscription): void {
  billLast(state, endSubscription(state, subscription, {}));
}

/** A draft's hour is over: it is finalised, and paid unless collection is paused. */
function advance(state: StripeState, draft: Invoice): void {
  const open = finalize(state, draft);
  if (open.status !== "open") return;
  const subscription = state.subscriptions.get(subscriptionOfInvoice(open) ?? "");
  const paused = subscription?.pause_collection?.behavior;
  if (paused === "void") voidInvoice(state, open);
  else if (paused === "mark_uncollectible") markUncollectible(state, open);
  else collect(state, open, { automatic: true, offSession: true });
}

function warnOfTrialEnd(state: StripeState, subscription: Subscription): void {
  state.warned.add(subscription.id);
  emit(state, "customer.subscription.trial_will_end", subscription);
}

function dueOf(state: StripeState, subscription: Subscription): Due[] {
  const {
    id,
    status,
    created,
    trial_end: trialEnd,
    cancel_at: cancelAt,
    pause_collection: pause,
  } = subscription;
  if (status === "incomplete")
    return [{ at: created + FIRST_PAYMENT_HOURS * HOUR, run: () => expireIncomplete(state, subscription) }];
  if (status === "canceled" || status === "incomplete_expired") return [];
  const due: Due[] = [];
  if (cancelAt !== null) due.push({ at: cancelAt, run: () => endOf(state, subscription) });
  if (status === "trialing" && trialEnd !== null && !state.warned.has(id))
    due.push({ at: trialEnd - TRIAL_WARNING_DAYS * DAY, run: () => warnOfTrialEnd(state, subscription) });
  if (pause?.resumes_at)
    due.push({
      at: pause.resumes_at,
      run: () =>
        change(
          state,
          state.subscriptions,
          subscription,
          { pause_collection: null },
          "customer.subscription.updated",
        ),
    });
  if (RENEWS.includes(status))
    due.push({ at: periodEnd(subscription), run: () => renew(state, subscription) });
  return due;
}

function dueOfInvoice(state: StripeState, invoice: Invoice): Due[] {
  const { status, auto_advance: advances, automatically_finalizes_at: finalizesAt } = invoice;
  if (status === "draft" && finalizesAt !== null)
    return [{ at: finalizesAt, run: () => advance(state, invoice) }];
  const { next_payment_attempt: attemptAt } = invoice;
  if (status !== "open" || !advances || attemptAt === null) return [];
  return [{ at: attemptAt, run: () => collect(state, invoice, { automatic: true, offSession: true }) }];
}

/** What is due first; of things at the same moment, ends come before beginnings. */
function nextDue(state: StripeState, until: number): Due | undefined {
  const sessions = state.sessions
    .list()
    .filter(({ status }) => status === "open")
    .map((session): Due => ({ at: session.expires_at, run: () => expire(state, session) }));
  const all = [
    ...state.subscriptions.list().flatMap((one) => dueOf(state, one)),
    ...state.invoices.list().flatMap((one) => dueOfInvoice(state, one)),
    ...sessions,
  ];
  return all
    .filter(({ at }) => at <= until)
    .reduce<Due | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined);
}

/** When Stripe does something by itself next, in seconds. */
export const nextMoment = (state: StripeState): number | undefined =>
  nextDue(state, Number.POSITIVE_INFINITY)?.at;

/** Does what is due by now, in order, each thing at its own moment; to be called before anybody looks. */
export function runDue(state: StripeState): void {
  const until = state.now();
  const { cause } = state;
  state.cause = null;
  try {
    for (let due = nextDue(state, until); due; due = nextDue(state, until)) {
      state.playing = due.at;
      due.run();
    }
  } finally {
    state.playing = null;
    state.cause = cause;
  }
}
