import { actorName, type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { type Allowance, nextRenewal } from "./core/allowance";
import { billingPeriod } from "./core/billing-cycle";
import { type SubscriptionState, termsOf } from "./core/subscription";
import { TRIAL_KEY } from "./open-account";
import { reachTarget } from "./reach-target";
import { type AccountRow, lockAccount, withAccount } from "./store/account";
import { rearmWarnings, type SubscriptionTerms, writeRenewsAt, writeTerms } from "./store/accounts";
import { findLot, postCredit, postExpiries, type Stamp } from "./store/postings";

/** What is not given stays as it is. */
export type SubscriptionChange = {
  readonly orgId: string;
  readonly state?: SubscriptionState;
  /** Of a whole period. Without bays it is a figure of the organisation's own, until another one is given. */
  readonly allowance?: Allowance;
  /** The allowance that is billed: it does not replace a figure of the organisation's own. */
  readonly billed?: Allowance;
  /** The running period is paid for: its allowance is due although the scheduler stays out. */
  readonly paid?: boolean;
  /** When the subscription began. Not given: the anchor stays, or is now if there was no subscription before. */
  readonly anchorAt?: Date;
  /** When it ends, where that is known; null: it goes on. */
  readonly endsAt?: Date | null;
  /**
   * When the change happened where it comes from, such as Stripe: more bays count from then on, and a period that began
   * before it is granted under the earlier terms. Not given: now.
   */
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
  return withAccount(orgId, tx, async (inside, held) => {
    const account = await renewFirst(inside, held, stamp, change);
    const terms = termsAfter(account, change, at);
    if (isFirst(account, terms.state)) await endTrial(inside, account, stamp);
    await writeTerms(inside, orgId, terms);
    if (terms.state !== account.state) {
      await rearmWarnings(inside, orgId, at);
      await enqueue(inside, "tell-subscription", { orgId });
      await enqueue(inside, "end-open-orders", { orgId });
    }
    const outcome = { from: account.state, to: terms.state };
    if (!termsOf(terms.state).renews) {
      await writeRenewsAt(inside, orgId, null);
      return { ...outcome, granted: 0n };
    }
    const changed = await lockAccount(inside, orgId);
    if (isLeftOut(account, changed, { at, paid: change.paid ?? false })) {
      await writeRenewsAt(inside, orgId, nextRenewal(changed, billingPeriod(at, changed.anchorAt).endsAt));
      return { ...outcome, granted: 0n };
    }
    const { grant } = await reachTarget(inside, changed, stamp, change.changedAt);
    return { ...outcome, granted: grant?.amount ?? 0n };
  });
}

/**
 * Grants first what was due before the change, in case the scheduler is late. A subscription that ends on the
 * boundary's day or before it has nothing due, even if that is known only now.
 */
async function renewFirst(
  tx: Queryable,
  account: AccountRow,
  stamp: Stamp,
  { state, endsAt = account.endsAt, changedAt = stamp.at }: SubscriptionChange,
): Promise<AccountRow> {
  const { renewsAt, periodEndsAt } = account;
  const { startsAt } = billingPeriod(stamp.at, account.anchorAt);
  const isLate = periodEndsAt !== null && renewsAt !== null && renewsAt <= startsAt && startsAt < changedAt;
  const ended = state === "canceled" ? endsAt : account.endsAt;
  if (!isLate || nextRenewal({ ...account, endsAt: ended }, startsAt) === null) return account;
  await reachTarget(tx, account, stamp);
  return lockAccount(tx, account.orgId);
}

/**
 * True where the running period brings nothing: the subscription ends by the period's first day, or was to end by then
 * when the period began, so that the scheduler granted nothing, and the period is not paid for.
 */
function isLeftOut(
  before: AccountRow,
  account: AccountRow,
  { at, paid }: { readonly at: Date; readonly paid: boolean },
): boolean {
  const { startsAt } = billingPeriod(at, account.anchorAt);
  if (account.periodEndsAt !== null && account.periodEndsAt > startsAt) return false;
  const endsBefore = nextRenewal(account, startsAt) === null;
  // A year that is paid for covers every boundary within it, also the one that the subscription ends on.
  if (paid) return endsBefore && startsAt > account.anchorAt;
  if (endsBefore) return true;
  const goesOn = termsOf(before.state).renews && before.anchorAt.getTime() === account.anchorAt.getTime();
  return (
    goesOn && (before.renewsAt === null || before.renewsAt > at || nextRenewal(before, startsAt) === null)
  );
}

function termsAfter(account: AccountRow, change: SubscriptionChange, at: Date): SubscriptionTerms {
  const state = change.state ?? account.state;
  const allowance = change.allowance ?? (account.ownAllowance ? account : (change.billed ?? account));
  const begins = isFirst(account, state) || (account.state !== "past_due" && starts(account, state));
  return {
    state,
    allowance: allowance.allowance,
    bays: allowance.bays,
    ownAllowance: change.allowance ? change.allowance.bays === null : account.ownAllowance,
    anchorAt: change.anchorAt ?? (begins ? at : account.anchorAt),
    endsAt: change.endsAt === undefined ? (begins ? null : account.endsAt) : change.endsAt,
    trialCapMicroGbp: isFirst(account, state) ? 0n : account.trialCapMicroGbp,
  };
}

const starts = (account: AccountRow, state: SubscriptionState): boolean =>
  termsOf(state).renews && !termsOf(account.state).renews;

/** True where no period was ever granted: until now it was a trial, whatever states came after that. */
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
      { ...stamp, reason: stamp.reason ?? "The trial’s overdraft is written off" },
    );
  const lot = await findLot(tx, orgId, TRIAL_KEY);
  if (lot && lot.remaining > 0n) await postExpiries(tx, account, [lot], stamp);
}
