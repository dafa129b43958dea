import { type Ctx, requireMember } from "@/lib/auth/context";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { wholeBalance } from "@/lib/shared/money";
import { bestLiving, lastEnded, MAX_BAYS } from "./core/decide-subscription";
import type { BillingInterval, PlanPrices } from "./core/plan-price";
import { currentPlan } from "./store/plans";
import { findOpenSubscriptionOrder } from "./store/subscription-orders";
import { subscriptionsOf } from "./store/subscriptions";

export type PlanDto = PlanPrices & {
  readonly name: string;
  readonly minBays: number;
  readonly maxBays: number;
  /** What the chooser starts with: what somebody chose and has not paid yet, else what the garage had before. */
  readonly bays: number;
  readonly interval: BillingInterval;
};

/** The plan that can be chosen; null until one was set from Stripe. Needs `billing.view`. */
export async function getPlan(ctx: Ctx, orgId: string): Promise<PlanDto | null> {
  requireMember(ctx.actor, orgId, "billing.view");
  const [plan, account, known, order] = await Promise.all([
    currentPlan(),
    getAccountSummary(ctx, orgId),
    subscriptionsOf(orgId),
    findOpenSubscriptionOrder(orgId),
  ]);
  if (!plan) return null;
  const { name, monthlyPence, yearlyPence, taxPercent } = plan;
  const earlier = order ?? (bestLiving(known) ?? lastEnded(known))?.facts;
  const bays = earlier?.bays ?? account.bays ?? 1;
  return {
    name,
    monthlyPence,
    yearlyPence,
    taxPercent,
    creditsPerBay: wholeBalance(plan.creditsPerBay),
    minBays: 1,
    maxBays: MAX_BAYS,
    bays: Math.min(Math.max(bays, 1), MAX_BAYS),
    interval: earlier?.interval ?? "month",
  };
}
