import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { londonDayOfMonth } from "@/lib/shared/london-time";
import type { Microcredits, MicroGbp } from "@/lib/shared/money";
import { billingPeriod } from "./core/billing-cycle";
import type { SubscriptionState } from "./core/decide-gate";
import { withAccount } from "./store/account";
import { insertAccount } from "./store/accounts";
import { findLot, postGrant } from "./store/postings";

export type OpenAccountInput = {
  readonly orgId: string;
  readonly state: SubscriptionState;
  /** Credits a cycle. */
  readonly allowance: Microcredits;
  /** 1 to 31; today's London day where it is not given. */
  readonly anchorDay?: number;
  /** 0 is no cap. */
  readonly trialCap: MicroGbp;
};

/** Opens an organisation's account, once; a trial gets its one allowance, which lasts until it upgrades. */
export async function openAccount(ctx: Ctx, input: OpenAccountInput, tx?: Queryable): Promise<void> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const anchorDay = input.anchorDay ?? londonDayOfMonth(now);
  const renews = input.state === "active" || input.state === "grandfathered";
  // Due at once: the scheduler, or the caller, grants the running period's allowance.
  await insertAccount(input, anchorDay, renews ? billingPeriod(now, anchorDay).startsAt : null, now, tx);
  if (input.state !== "trial" || input.allowance === 0n) return;
  await withAccount(input.orgId, tx, async (inside) => {
    if (await findLot(inside, input.orgId, "allowance:trial")) return;
    await postGrant(
      inside,
      {
        orgId: input.orgId,
        kind: "monthly",
        amount: input.allowance,
        sourceKey: "allowance:trial",
        effectiveAt: now,
        expiresAt: null,
      },
      { at: now, actor: actorName(ctx.actor), reason: null },
    );
  });
}
