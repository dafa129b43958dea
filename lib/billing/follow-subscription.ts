import type { Ctx } from "@/lib/auth/context";
import { changeSubscription, type SubscriptionChange } from "@/lib/credits/change-subscription";
import { allowanceOfBays } from "@/lib/credits/core/allowance";
import { billingPeriod } from "@/lib/credits/core/billing-cycle";
import type { Standing } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import {
  MAX_BAYS,
  type SoldPlan,
  type SubscriptionDecision,
  type SubscriptionFacts,
} from "./core/decide-subscription";
import { isPaidFor } from "./core/invoice-facts";
import { invoicesOf } from "./store/invoices";
import type { Told } from "./stripe/events";
import type { ReadSubscription } from "./stripe/read-subscription";

type Following = {
  readonly orgId: string;
  readonly account: Standing;
  readonly decision: SubscriptionDecision;
  readonly plans: readonly SoldPlan[];
  readonly read: ReadSubscription;
  readonly told: Told | undefined;
};

const REASON = "Subscription at Stripe";
const SUSPENDED = "The subscription at Stripe cannot count any more";
/** An invoice covers a year at most, and prorations stand beside it. */
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
  const { facts } = decision.counted;
  const now = ctx.now();
  const period = billingPeriod(now, facts.beganAt);
  const common = {
    orgId,
    state: decision.state,
    anchorAt: facts.beganAt,
    endsAt: facts.endsAt,
    paid: isPaidFor(period, await ownInvoices(tx, orgId, facts)),
    reason: REASON,
  };
  const more = risenMeanwhile(following, facts, period.startsAt);
  if (more) {
    const billed = billedFor(facts, more.bays, following.plans);
    await changeSubscription(ctx, { ...common, billed, changedAt: more.at }, tx);
  }
  const changedAt = changeTime(following, facts);
  const billed = billedFor(facts, facts.bays, following.plans);
  await changeSubscription(ctx, { ...common, billed, ...(changedAt ? { changedAt } : {}) }, tx);
}

const ownInvoices = async (tx: Queryable, orgId: string, { subscriptionId }: SubscriptionFacts) =>
  (await invoicesOf(orgId, INVOICES, tx)).filter((invoice) => invoice.subscriptionId === subscriptionId);

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

const isRead = ({ read }: Following, { subscriptionId }: SubscriptionFacts): boolean =>
  read.facts.subscriptionId === subscriptionId;

/** More bays that Stripe told of within the running period, and that are gone by now: they count for it all the same. */
function risenMeanwhile(following: Following, facts: SubscriptionFacts, startsAt: Date): Told | undefined {
  const { told } = following;
  if (!told || !isRead(following, facts)) return undefined;
  const counts = told.status === "active" && told.at >= startsAt && told.at >= facts.beganAt;
  return counts && told.bays > facts.bays ? told : undefined;
}

/** When Stripe changed what is new to us; undefined: not known, so now. */
function changeTime(following: Following, facts: SubscriptionFacts): Date | undefined {
  const { told, read, account } = following;
  if (!isRead(following, facts)) return undefined;
  if (account.bays === facts.bays) return told?.at;
  if (told?.changedBays && told.bays === facts.bays) return told.at;
  return read.baysChangedAt ?? told?.at;
}
