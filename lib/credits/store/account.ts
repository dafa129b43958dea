import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { accountChanged } from "../account-changed";
import { nextTrialWake, nextWake, reachedThresholds, reachedTrialThresholds } from "../core/crossings";
import type { SubscriptionState } from "../core/decide-gate";
import { gaugeMaximum } from "../core/gauge";

export type LockedAccount = {
  readonly orgId: string;
  readonly state: SubscriptionState;
  readonly balance: bigint;
  readonly overdraft: bigint;
  readonly entrySeq: bigint;
  readonly allowance: bigint;
  readonly anchorDay: number;
  readonly grantPeak: bigint;
  readonly trialCapMicroGbp: bigint;
  readonly trialSpentMicroGbp: bigint;
  readonly renewsAt: Date | null;
  readonly frozenAt: Date | null;
};

const COLUMNS = `org_id AS "orgId", state, balance, overdraft, entry_seq AS "entrySeq", allowance, anchor_day AS "anchorDay",
  grant_peak AS "grantPeak", trial_cap_micro_gbp AS "trialCapMicroGbp", trial_spent_micro_gbp AS "trialSpentMicroGbp",
  renews_at AS "renewsAt", frozen_at AS "frozenAt"`;

/** Locks the account row: the first thing every posting does. Throws not_found where there is none. */
export async function lockAccount(tx: Queryable, orgId: string): Promise<LockedAccount> {
  const { rows } = await tx.query<LockedAccount>(
    `SELECT ${COLUMNS} FROM credit_account WHERE org_id = $1 FOR NO KEY UPDATE`,
    [orgId],
  );
  const account = rows[0];
  if (!account) throw new AppError("not_found", "This organisation has no credit account.");
  return account;
}

/**
 * Runs `work` with the account locked, then brings the account's warnings in step with its new balance. In a transaction
 * of its own the change is announced after the commit; inside a caller's `tx` that is the caller's to do.
 */
export async function withAccount<T>(
  orgId: string,
  tx: Queryable | undefined,
  work: (tx: Queryable, account: LockedAccount) => Promise<T>,
): Promise<T> {
  const locked = async (inside: Queryable): Promise<T> => {
    const result = await work(inside, await lockAccount(inside, orgId));
    await keepWatch(inside, orgId);
    return result;
  };
  if (tx) return locked(tx);
  const result = await inTransaction(locked);
  accountChanged(orgId);
  return result;
}

/** Re-arms the warnings whose threshold the balance is back over, and sets the balance that wakes the next one. */
export async function keepWatch(tx: Queryable, orgId: string): Promise<void> {
  const account = await lockAccount(tx, orgId);
  const reached = warningsReached(account);
  await tx.query(
    `UPDATE credit_warning SET rearmed_at = now() WHERE org_id = $1 AND rearmed_at IS NULL AND threshold <> ALL ($2::smallint[])`,
    [orgId, reached],
  );
  await tx.query(`UPDATE credit_account SET wake_at = $2, trial_wake_at = $3 WHERE org_id = $1`, [
    orgId,
    account.state === "trial"
      ? null
      : nextWake(account.balance, gaugeMaximum(account.allowance, account.grantPeak)),
    account.state === "trial" ? nextTrialWake(account.trialSpentMicroGbp, account.trialCapMicroGbp) : null,
  ]);
}

/** The thresholds an account has passed: of its cap for a trial, of its allowance for everyone else. */
export function warningsReached(account: LockedAccount): readonly number[] {
  return account.state === "trial"
    ? reachedTrialThresholds(account.trialSpentMicroGbp, account.trialCapMicroGbp)
    : reachedThresholds(account.balance, gaugeMaximum(account.allowance, account.grantPeak));
}
