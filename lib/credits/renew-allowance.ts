import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { nextRenewal } from "./core/allowance";
import { billingPeriod } from "./core/billing-cycle";
import { termsOf } from "./core/subscription";
import { reachTarget } from "./reach-target";
import { type AccountRow, withAccount } from "./store/account";
import { writeRenewsAt } from "./store/accounts";

export type RenewalOutcome = {
  readonly kind: "renewed" | "already-renewed" | "not-renewing";
  readonly period: string;
};

export type RenewalOptions = {
  /** The scheduler's: grants nothing before it is due, nor for a subscription that ends by the period's first day. */
  readonly scheduled?: boolean;
  readonly tx?: Queryable;
};

/**
 * Grants the allowance of the period that holds now, once for each organisation and period, whoever asks first: the
 * scheduler at the boundary, or the payment of the period's invoice. Periods that were missed altogether are not made up
 * for. Purchased and gifted lots have no cycle.
 */
export async function renewAllowance(
  ctx: Ctx,
  orgId: string,
  { scheduled = false, tx }: RenewalOptions = {},
): Promise<RenewalOutcome> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  return withAccount(orgId, tx, async (inside, account) => {
    const period = billingPeriod(now, account.anchorAt);
    if (!termsOf(account.state).renews || (scheduled && endsBy(account, period.startsAt))) {
      // It is not due after all: the mark is cleared, or the scheduler would find it again each minute.
      await writeRenewsAt(inside, orgId, null);
      return { kind: "not-renewing", period: period.key };
    }
    const { grant } = await reachTarget(inside, account, {
      at: now,
      actor: actorName(ctx.actor),
      reason: null,
    });
    return { kind: grant?.kind === "period" ? "renewed" : "already-renewed", period: period.key };
  });
}

const endsBy = (account: AccountRow, boundary: Date): boolean => nextRenewal(account, boundary) === null;
