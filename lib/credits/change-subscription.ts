import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import type { Allowance } from "./core/allowance";
import { type SubscriptionState, termsOf } from "./core/subscription";
import { TRIAL_KEY } from "./open-account";
import { reachTarget } from "./reach-target";
import { type AccountRow, lockAccount, withAccount } from "./store/account";
import { rearmWarnings, type SubscriptionTerms, writeRenewsAt, writeTerms } from "./store/accounts";
import { findLot, postCredit, postExpiries, type Stamp } from "./store/postings";

/** What is not named stays as it is. */
export type SubscriptionChange = {
  readonly orgId: string;
  readonly state?: SubscriptionState;
  /** Of a whole period. */
  readonly allowance?: Allowance;
  /** When the subscription began, its own instant each time. Not named: it goes on, or begins now if there was none. */
  readonly anchorAt?: Date;
  /** When it ends, where that is known; null: it goes on. */
  readonly endsAt?: Date | null;
  /** When this changed where it comes from: more bays count from then on. Not named: now. */
  readonly changedAt?: Date;
  readonly reason?: string;
};

export type SubscriptionOutcome = {
  readonly from: SubscriptionState;
  readonly to: SubscriptionState;
  /** Microcredits of this period's allowance that the change brought. */
  readonly granted: bigint;
};

/**
 * Changes the state, the allowance or the anchor of an open account, with all that follows, in one transaction. Leaving a
 * trial for a subscription lifts the cap, ends the trial's lot, writes off its overdraft, grants the first allowance and
 * re-arms the warnings; paying after past_due grants the running period; more bays raise its target.
 */
export async function changeSubscription(
  ctx: Ctx,
  change: SubscriptionChange,
  tx?: Queryable,
): Promise<SubscriptionOutcome> {
  requireSystem(ctx.actor);
  const { orgId } = change;
  const at = ctx.now();
  const stamp: Stamp = { at, actor: actorName(ctx.actor), reason: change.reason ?? null };
  return withAccount(orgId, tx, async (inside, account) => {
    const terms = termsAfter(account, change, at);
    if (isFirst(account, terms.state)) await endTrial(inside, account, stamp);
    await writeTerms(inside, orgId, terms);
    if (terms.state !== account.state) {
      await rearmWarnings(inside, orgId, at);
      await enqueue(inside, "tell-subscription", { orgId });
    }
    if (termsOf(account.state).buys && !termsOf(terms.state).buys)
      await enqueue(inside, "end-open-orders", { orgId });
    const outcome = { from: account.state, to: terms.state };
    if (!termsOf(terms.state).renews) {
      await writeRenewsAt(inside, orgId, null);
      return { ...outcome, granted: 0n };
    }
    const { grant } = await reachTarget(inside, await lockAccount(inside, orgId), stamp, change.changedAt);
    return { ...outcome, granted: grant?.amount ?? 0n };
  });
}

function termsAfter(account: AccountRow, change: SubscriptionChange, at: Date): SubscriptionTerms {
  const state = change.state ?? account.state;
  const begins = isFirst(account, state) || (account.state !== "past_due" && starts(account, state));
  return {
    state,
    allowance: change.allowance?.allowance ?? account.allowance,
    bays: change.allowance ? change.allowance.bays : account.bays,
    anchorAt: change.anchorAt ?? (begins ? at : account.anchorAt),
    endsAt: change.endsAt === undefined ? (begins ? null : account.endsAt) : change.endsAt,
    trialCapMicroGbp: isFirst(account, state) ? 0n : account.trialCapMicroGbp,
  };
}

const starts = (account: AccountRow, state: SubscriptionState): boolean =>
  termsOf(state).renews && !termsOf(account.state).renews;

/** No period was ever granted: until now it was a trial, whatever became of that. */
const isFirst = (account: AccountRow, state: SubscriptionState): boolean =>
  starts(account, state) && account.periodEndsAt === null;

/** What a trial used beyond its credits was never to be paid for, and what it did not use ends with it. */
async function endTrial(tx: Queryable, account: AccountRow, stamp: Stamp): Promise<void> {
  const { orgId, overdraft, entrySeq } = account;
  if (overdraft > 0n)
    await postCredit(
      tx,
      {
        orgId,
        kind: "adjustment",
        cause: `adjustment:trial-overdraft@${entrySeq + 1n}`,
        lots: [{ id: null, amount: overdraft }],
      },
      { ...stamp, reason: stamp.reason ?? "The trial's overdraft is written off" },
    );
  const lot = await findLot(tx, orgId, TRIAL_KEY);
  if (lot && lot.remaining > 0n) await postExpiries(tx, account, [lot], stamp);
}
