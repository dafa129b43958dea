import type { Ctx } from "@/lib/auth/context";
import { changeSubscription, type SubscriptionChange } from "@/lib/credits/change-subscription";
import { allowanceOfBays } from "@/lib/credits/core/allowance";
import { type BillingPeriod, billingPeriod } from "@/lib/credits/core/billing-cycle";
import { type SubscriptionState, termsOf } from "@/lib/credits/core/subscription";
import type { Standing } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import { type BayChange, bayHistory } from "./core/bay-history";
import { baysCounted } from "./core/bays-counted";
import {
  MAX_BAYS,
  type SoldPlan,
  type SubscriptionDecision,
  type SubscriptionFacts,
} from "./core/decide-subscription";
import { isPaidFor } from "./core/invoice-facts";
import { periodInvoicesOf } from "./store/invoices";
import type { MirroredSubscription } from "./store/subscriptions";
import type { Told } from "./stripe/events";
import type { ReadSubscription } from "./stripe/read-subscription";

type Following = {
  readonly orgId: string;
  readonly account: Standing;
  readonly decision: SubscriptionDecision<MirroredSubscription>;
  readonly plans: readonly SoldPlan[];
  readonly read: ReadSubscription;
  readonly told: Told | undefined;
};

const REASON = "Subscription at Stripe";
const SUSPENDED = "The subscription at Stripe cannot count any more";
/** An invoice covers a year at most, and monthly ones can stand before and behind it. */
const INVOICES = 24;

/** Brings the organisation's account to where its subscriptions say, in the transaction that stores them. */
export async function followSubscription(ctx: Ctx, tx: Queryable, following: Following): Promise<void> {
  const { orgId, decision, told } = following;
  if (decision.kind === "nothing") return;
  if (decision.kind === "suspended") {
    const change = { state: "past_due", ...(told ? { changedAt: told.at } : {}) } as const;
    await changeSubscription(ctx, { orgId, reason: SUSPENDED, ...change }, tx);
    return;
  }
  if (decision.kind === "ended") {
    const { endsAt } = decision;
    const changedAt = endsAt ?? told?.at;
    const change = { state: "canceled", endsAt, ...(changedAt ? { changedAt } : {}) } as const;
    await changeSubscription(ctx, { orgId, reason: REASON, ...change }, tx);
    return;
  }
  const { facts, nextInvoice } = decision.counted;
  const now = ctx.now();
  const period = billingPeriod(now, facts.beganAt);
  const paid = isPaidFor(period, await periodInvoicesOf(tx, orgId, facts.subscriptionId, INVOICES));
  const common = { orgId, anchorAt: facts.beganAt, endsAt: facts.endsAt, paid, reason: REASON };
  const steps = stepsOf(following, facts, { state: decision.state, paid, period, now });
  const counted = baysCounted(facts.bays, nextInvoice, period, following.account.bays);
  const atMost = counted.now < facts.bays ? counted.now : Number.POSITIVE_INFINITY;
  const later = { state: decision.state, bays: counted.later, at: toldAt(following, facts) };
  for (const { state, bays, at } of counted.later < facts.bays ? [...steps, later] : steps) {
    const billed = billedFor(facts, Math.min(bays, atMost), following.plans);
    await changeSubscription(ctx, { ...common, state, billed, ...(at ? { changedAt: at } : {}) }, tx);
  }
}

/** Whether the account's periods are this subscription's already. */
export const goesOn = ({ granted }: Standing, { beganAt }: SubscriptionFacts): boolean =>
  granted.anchorAt.getTime() === beganAt.getTime();

function billedFor(
  { priceId, productId }: SubscriptionFacts,
  bays: number,
  plans: readonly SoldPlan[],
): NonNullable<SubscriptionChange["billed"]> {
  const plan =
    plans.find(({ priceIds }) => priceIds.includes(priceId)) ??
    plans.find((one) => one.productId === productId);
  return allowanceOfBays(Math.min(bays, MAX_BAYS), plan?.creditsPerBay);
}

type State = Exclude<SubscriptionState, "demo">;
/** A state with so many bays since a moment; undefined: it is not known, so since now. */
type Step = { readonly state: State; readonly bays: number; readonly at: Date | undefined };

type Standpoint = {
  readonly state: State;
  /** The running period is paid for. */
  readonly paid: boolean;
  readonly period: BillingPeriod;
  readonly now: Date;
};

/**
 * What the account is told, one after the other: the bays with which its running period began, each higher number since
 * then that it has not counted, and how many there are.
 */
function stepsOf(
  following: Following,
  facts: SubscriptionFacts,
  { state, paid, period, now }: Standpoint,
): Step[] {
  const { account } = following;
  const last = { state, bays: facts.bays, at: toldAt(following, facts) };
  const { granted } = account;
  const isOurs = goesOn(account, facts);
  const before = (isOurs ? account.bays : null) ?? facts.bays;
  const from = new Date(Math.max(period.startsAt.getTime(), facts.beganAt.getTime()));
  const history = bayHistory(changesOf(following, facts), { from, now, bays: facts.bays, before });
  const begun = { bays: history.first, at: period.startsAt };
  if (!termsOf(state).renews) {
    // One that is overdue when we first hear of it was active before: its first period is paid for.
    const wasActive = state === "past_due" && paid && !isOurs;
    return wasActive ? [{ ...begun, state: "active" }, last] : [last];
  }
  const isGranted = isOurs && granted.endsAt !== null && granted.endsAt > period.startsAt;
  const counted = granted.bays ?? Number.POSITIVE_INFINITY;
  const lacking = isGranted ? history.rises.filter(({ bays }) => bays > counted) : [begun, ...history.rises];
  const steps = lacking.map((one) => ({ ...one, state }));
  return steps.at(-1)?.bays === facts.bays ? steps : [...steps, last];
}

const isRead = ({ read }: Following, { subscriptionId }: SubscriptionFacts): boolean =>
  read.facts.subscriptionId === subscriptionId;

/** What invoices say, and what the event says of its own time. */
function changesOf(following: Following, facts: SubscriptionFacts): readonly BayChange[] {
  const { read, told } = following;
  if (!isRead(following, facts)) return [];
  const seen: BayChange[] = told?.status === "active" ? [{ is: "from", bays: told.bays, at: told.at }] : [];
  return [...read.bayChanges, ...seen];
}

/** When the event was made, if what it tells is still so. */
const toldAt = (following: Following, facts: SubscriptionFacts): Date | undefined => {
  const { told } = following;
  return told && isRead(following, facts) && told.status === facts.status ? told.at : undefined;
};
