import { recordChange } from "@/lib/audit/record-change";
import { type Ctx, onBehalfOf } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { londonDay } from "@/lib/shared/london-time";
import { isLiving, type Meaning, type SubscriptionFacts } from "./core/decide-subscription";
import type { BillingInterval } from "./core/plan-price";
import type { SubscriptionOrder } from "./store/subscription-orders";

type Read = { readonly facts: SubscriptionFacts; readonly meaning: Meaning };

type Reading = {
  readonly orgId: string;
  /** The order at Choose Your Plan that this reading completes. */
  readonly order: SubscriptionOrder | undefined;
  /** What was known before. */
  readonly before: Read | undefined;
  readonly after: Read;
};

const BILLED: Readonly<Record<BillingInterval, string>> = { month: "monthly", year: "yearly" };

/**
 * For the audit, in the transaction that stores a reading: a plan that was paid for, by who chose it; what was changed
 * since at Stripe, of which nobody tells us who did it. Payments that fail or succeed are no acts.
 */
export async function auditSubscription(
  ctx: Ctx,
  tx: Queryable,
  { orgId, order, before, after }: Reading,
): Promise<void> {
  if (order) {
    const by = onBehalfOf(ctx, "checkout", order.userId);
    const { bays, billed } = factsOf(after.facts);
    return recordChange(by, tx, {
      orgId,
      action: "billing/plan-chosen",
      before: {},
      after: { bays, billed },
    });
  }
  const wasLiving = before !== undefined && isLiving(before.meaning);
  if (!wasLiving && !isLiving(after.meaning)) return;
  await recordChange({ ...ctx, actor: { kind: "system", name: "stripe" } }, tx, {
    orgId,
    action: "billing/subscription-changed",
    before: wasLiving ? factsOf(before.facts) : {},
    after: factsOf(after.facts),
  });
}

const factsOf = ({ bays, interval, endsAt, endedAt }: SubscriptionFacts) => {
  const ends = endedAt ?? endsAt;
  // The day alone: that it has ended, as was said before, is no other change.
  return { bays, billed: interval && BILLED[interval], ends: ends && `${londonDay(ends)}T12:00:00Z` };
};
