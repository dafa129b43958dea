import { pool, type Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import type { Subscription } from "../core/allowance";
import type { WarningThreshold } from "../core/crossings";

/** The figures of a subscription, as a verb decided them; amounts in microcredits. */
export type SubscriptionTerms = Omit<Subscription, "periodEndsAt" | "periodBays"> & {
  readonly ownAllowance: boolean;
  readonly trialCapMicroGbp: bigint;
};

/** Opens an account, if it is not there. */
export async function insertAccount(
  account: SubscriptionTerms & { readonly orgId: string },
  renewsAt: Date | null,
  at: Date,
  db: Queryable = pool(),
): Promise<void> {
  await db.query(
    `INSERT INTO credit_account (org_id, state, allowance, bays, anchor_at, ends_at, trial_cap_micro_gbp, own_allowance, renews_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    [...termsColumns(account.orgId, account), renewsAt, at],
  );
}

/** Changes the terms of an account that is locked. Periods under another anchor begin afresh. */
export async function writeTerms(tx: Queryable, orgId: string, terms: SubscriptionTerms): Promise<void> {
  await tx.query(
    `UPDATE credit_account SET state = $2, allowance = $3, bays = $4, anchor_at = $5, ends_at = $6, trial_cap_micro_gbp = $7,
       own_allowance = $8,
       period_ends_at = CASE WHEN anchor_at = $5 THEN period_ends_at END,
       period_granted = CASE WHEN anchor_at = $5 THEN period_granted ELSE 0 END,
       period_bays = CASE WHEN anchor_at = $5 THEN period_bays END
     WHERE org_id = $1`,
    termsColumns(orgId, terms),
  );
}

const termsColumns = (orgId: string, terms: SubscriptionTerms) => [
  orgId,
  terms.state,
  terms.allowance,
  terms.bays,
  terms.anchorAt,
  terms.endsAt,
  terms.trialCapMicroGbp,
  terms.ownAllowance,
];

/** What the running period was given, all in all, and the most bays it counted. */
export async function writePeriod(
  tx: Queryable,
  orgId: string,
  period: { readonly endsAt: Date | null; readonly granted: bigint; readonly bays: number | null },
): Promise<void> {
  await tx.query(
    `UPDATE credit_account SET period_ends_at = $2, period_granted = $3, period_bays = $4 WHERE org_id = $1`,
    [orgId, period.endsAt, period.granted, period.bays],
  );
}

/** When the scheduler grants next; null: it does not. */
export async function writeRenewsAt(tx: Queryable, orgId: string, renewsAt: Date | null): Promise<void> {
  await tx.query(`UPDATE credit_account SET renews_at = $2 WHERE org_id = $1`, [orgId, renewsAt]);
}

/** Organisations whose next allowance is due at `at`, longest due first. */
export async function accountsDueForRenewal(at: Date, limit: number): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT org_id AS "orgId" FROM credit_account WHERE renews_at <= $1 ORDER BY renews_at LIMIT $2`,
    [at, limit],
  );
  return rows.map((row) => row.orgId);
}

/**
 * Organisations with an open lot past its expiry, or a period that has ended without a renewal; but not a monthly lot
 * whose renewal is due, and will see to it.
 */
export async function accountsDueForExpiry(at: Date, limit: number): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT lot.org_id AS "orgId" FROM credit_lot AS lot JOIN credit_account AS account ON account.org_id = lot.org_id
     WHERE lot.open AND lot.expires_at <= $1
       AND NOT (lot.kind = 'monthly' AND account.renews_at IS NOT NULL AND account.renews_at <= $1)
     UNION
     SELECT org_id FROM credit_account WHERE period_ends_at <= $1 AND period_granted > 0 AND renews_at IS NULL
     LIMIT $2`,
    [at, limit],
  );
  return rows.map((row) => row.orgId);
}

/** Sets the balance below which `watch-balance` is queued, beside the warnings; null: none. */
export async function writeWakeBelow(tx: Queryable, orgId: string, below: bigint | null): Promise<void> {
  await tx.query(`UPDATE credit_account SET wake_below = $2 WHERE org_id = $1`, [orgId, below]);
}

/** Freezes an account, or ends that. */
export async function writeFrozen(
  tx: Queryable,
  orgId: string,
  frozen: { at: Date; reason: string } | null,
): Promise<void> {
  await tx.query(`UPDATE credit_account SET frozen_at = $2, frozen_reason = $3 WHERE org_id = $1`, [
    orgId,
    frozen?.at ?? null,
    frozen?.reason ?? null,
  ]);
}

/** A new cycle arms every warning again, and looks at once whether one is due. */
export async function rearmWarnings(tx: Queryable, orgId: string, at: Date): Promise<void> {
  await tx.query(`UPDATE credit_warning SET rearmed_at = $2 WHERE org_id = $1 AND rearmed_at IS NULL`, [
    orgId,
    at,
  ]);
  await enqueue(tx, "watch-balance", { orgId });
}

/** Records that thresholds were warned of; returns those that had not been since they were armed. */
export async function recordWarnings(
  tx: Queryable,
  orgId: string,
  thresholds: readonly WarningThreshold[],
  at: Date,
): Promise<WarningThreshold[]> {
  const { rows } = await tx.query<{ threshold: WarningThreshold }>(
    `INSERT INTO credit_warning (org_id, threshold, warned_at) SELECT $1, unnest($2::smallint[]), $3
     ON CONFLICT DO NOTHING RETURNING threshold`,
    [orgId, thresholds, at],
  );
  return rows.map((row) => row.threshold);
}
