import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import type { Microcredits, MicroGbp } from "@/lib/shared/money";
import { billingPeriod } from "./core/billing-cycle";
import { type SubscriptionState, termsOf } from "./core/subscription";
import { withAccount } from "./store/account";
import { insertAccount, writePeriod } from "./store/accounts";
import { findLot, postGrant } from "./store/postings";

export type OpenAccountInput = {
  readonly orgId: string;
  readonly state: SubscriptionState;
  /** Of a whole period; of a trial, all it gets. */
  readonly allowance: Microcredits;
  /** What the allowance is reckoned from; not given: it is a figure of the organisation's own. */
  readonly bays?: number;
  /** When the subscription began; now where it is not given. */
  readonly anchorAt?: Date;
  /** 0 is no cap. */
  readonly trialCap: MicroGbp;
};

/** A trial's one allowance: it lasts until the trial is left. */
export const TRIAL_KEY = "allowance:trial";

/** Opens an organisation's account, once; a trial gets its one allowance, which lasts until it upgrades. */
export async function openAccount(ctx: Ctx, input: OpenAccountInput, tx?: Queryable): Promise<void> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const { orgId, state, allowance, bays = null, anchorAt = now, trialCap } = input;
  const ownAllowance = bays === null && allowance > 0n && termsOf(state).gate !== "cap";
  const terms = { state, allowance, bays, ownAllowance, anchorAt, endsAt: null, trialCapMicroGbp: trialCap };
  // Due at once: the scheduler, or the caller, grants the running period's allowance.
  const renewsAt = termsOf(state).renews ? billingPeriod(now, anchorAt).startsAt : null;
  await insertAccount({ orgId, ...terms }, renewsAt, now, tx);
  if (termsOf(state).gate !== "cap" || allowance === 0n) return;
  await withAccount(orgId, tx, async (inside) => {
    if (await findLot(inside, orgId, TRIAL_KEY)) return;
    await postGrant(
      inside,
      {
        orgId,
        kind: "monthly",
        amount: allowance,
        sourceKey: TRIAL_KEY,
        effectiveAt: now,
        expiresAt: null,
      },
      { at: now, actor: actorName(ctx.actor), reason: null },
    );
    await writePeriod(inside, orgId, { endsAt: null, granted: allowance, bays });
  });
}
