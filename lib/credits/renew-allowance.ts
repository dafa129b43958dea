import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { billingPeriod } from "./core/billing-cycle";
import { withAccount } from "./store/account";
import { rearmWarnings, setRenewsAt } from "./store/accounts";
import { findLot, openLots, postExpiries, postGrant, type Stamp } from "./store/postings";

export type RenewalOutcome = {
  readonly kind: "renewed" | "already-renewed" | "not-renewing";
  readonly period: string;
};

/**
 * Starts the period that holds now: expires what is left of earlier allowances and grants the new one, in one
 * transaction, once an organisation and period whoever asks first. Purchased and gifted lots have no cycle.
 * Periods that were missed altogether are not made up for. Only active and grandfathered accounts renew.
 */
export async function renewAllowance(ctx: Ctx, orgId: string, tx?: Queryable): Promise<RenewalOutcome> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const stamp: Stamp = { at: now, actor: actorName(ctx.actor), reason: null };
  return withAccount(orgId, tx, async (inside, account) => {
    const period = billingPeriod(now, account.anchorDay);
    if (account.state !== "active" && account.state !== "grandfathered")
      return { kind: "not-renewing", period: period.key };
    const sourceKey = `allowance:${period.key}`;
    const done =
      (account.renewsAt ?? period.startsAt) > period.startsAt || (await findLot(inside, orgId, sourceKey));
    if (done) return { kind: "already-renewed", period: period.key };

    const ended = (await openLots(inside, orgId)).filter(
      (lot) => lot.kind === "monthly" && lot.expiresAt !== null && lot.expiresAt <= period.startsAt,
    );
    await postExpiries(inside, account, ended, stamp);
    if (account.allowance > 0n) {
      await postGrant(
        inside,
        {
          orgId,
          kind: "monthly",
          amount: account.allowance,
          sourceKey,
          effectiveAt: period.startsAt,
          expiresAt: period.endsAt,
        },
        stamp,
      );
    }
    await setRenewsAt(inside, orgId, period.endsAt);
    await rearmWarnings(inside, orgId, now);
    return { kind: "renewed", period: period.key };
  });
}
