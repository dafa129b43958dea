import { pool, type Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { businessClock } from "@/lib/shared/clock";
import { AppError } from "@/lib/shared/errors";
import { accountChanged } from "../account-changed";
import type { Subscription } from "../core/allowance";
import { type Woken, wakeMarks, warningsReached } from "../core/crossings";
import type { AccountFacts } from "../core/decide-gate";
import type { GrantedFacts } from "../core/gauge";

/** An account's row: exact units (microcredits, micro-pounds). */
export type AccountRow = AccountFacts &
  GrantedFacts &
  Subscription &
  Woken & {
    readonly orgId: string;
    readonly overdraft: bigint;
    /** The allowance is a figure that support has set: what is billed does not change it. */
    readonly ownAllowance: boolean;
    readonly entrySeq: bigint;
    /** When the scheduler grants the next allowance; null where it does not. */
    readonly renewsAt: Date | null;
    readonly frozenAt: Date | null;
    readonly frozenReason: string | null;
    readonly recalculatingSince: Date | null;
  };

const COLUMNS = `org_id AS "orgId", state, balance, overdraft, entry_seq AS "entrySeq", allowance, bays,
  own_allowance AS "ownAllowance", anchor_at AS "anchorAt", ends_at AS "endsAt", renews_at AS "renewsAt", period_ends_at AS "periodEndsAt",
  period_granted AS "periodGranted", period_bays AS "periodBays", grant_peak AS "grantPeak",
  trial_cap_micro_gbp AS "trialCapMicroGbp", trial_spent_micro_gbp AS "trialSpentMicroGbp",
  frozen_at AS "frozenAt", frozen_at IS NOT NULL AS frozen, frozen_reason AS "frozenReason", wake_below AS "wakeBelow",
  recalculating_since AS "recalculatingSince"`;

const found = (rows: readonly AccountRow[]): AccountRow => {
  if (!rows[0]) throw new AppError("not_found", "This organisation has no credit account.");
  return rows[0];
};

/** An account as it stands at this moment. Throws not_found where there is none. */
export async function readAccount(orgId: string): Promise<AccountRow> {
  const { rows } = await pool().query<AccountRow>(`SELECT ${COLUMNS} FROM credit_account WHERE org_id = $1`, [
    orgId,
  ]);
  return found(rows);
}

/** Locks the account row: the first thing every posting does. Throws not_found where there is none. */
export async function lockAccount(tx: Queryable, orgId: string): Promise<AccountRow> {
  const { rows } = await tx.query<AccountRow>(
    `SELECT ${COLUMNS} FROM credit_account WHERE org_id = $1 FOR NO KEY UPDATE`,
    [orgId],
  );
  return found(rows);
}

/**
 * Runs `work` with the account locked, then brings the account's warnings in step with its new balance. In a transaction
 * of its own the change is announced after the commit; inside a caller's `tx` that is the caller's to do.
 */
export async function withAccount<T>(
  orgId: string,
  tx: Queryable | undefined,
  work: (tx: Queryable, account: AccountRow) => Promise<T>,
): Promise<T> {
  const locked = async (inside: Queryable): Promise<T> => {
    const before = await lockAccount(inside, orgId);
    const result = await work(inside, before);
    const after = await keepWatch(inside, orgId);
    // A posting that leaves the balance below the mark queues a look, even where it was below before.
    if (after.entrySeq !== before.entrySeq && isBelowMark(after))
      await enqueue(inside, "watch-balance", { orgId });
    return result;
  };
  if (tx) return locked(tx);
  const result = await inTransaction(locked);
  accountChanged(orgId);
  return result;
}

/** Whether the balance is below the mark that `watchBelow` has set. */
export const isBelowMark = ({ balance, wakeBelow }: Pick<AccountRow, "balance" | "wakeBelow">): boolean =>
  wakeBelow !== null && balance < wakeBelow;

/** Re-arms the warnings whose threshold the account is back over, and sets the marks that wake the next one. */
export async function keepWatch(tx: Queryable, orgId: string): Promise<AccountRow> {
  const account = await lockAccount(tx, orgId);
  await tx.query(
    `UPDATE credit_warning SET rearmed_at = $3 WHERE org_id = $1 AND rearmed_at IS NULL AND threshold <> ALL ($2::smallint[])`,
    [orgId, warningsReached(account), businessClock()],
  );
  const wake = wakeMarks(account);
  await tx.query(`UPDATE credit_account SET wake_at = $2, trial_wake_at = $3 WHERE org_id = $1`, [
    orgId,
    wake.balance,
    wake.trialSpend,
  ]);
  return account;
}
