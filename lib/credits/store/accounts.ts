import { pool, type Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import type { SubscriptionState } from "../core/decide-gate";

export async function insertAccount(
  input: { orgId: string; state: SubscriptionState; allowance: bigint; trialCap: bigint },
  anchorDay: number,
  renewsAt: Date | null,
  at: Date,
  db: Queryable = pool(),
): Promise<void> {
  await db.query(
    `INSERT INTO credit_account (org_id, state, allowance, anchor_day, trial_cap_micro_gbp, renews_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [input.orgId, input.state, input.allowance, anchorDay, input.trialCap, renewsAt, at],
  );
}

/** Organisations whose cycle has ended at `at`, oldest first. */
export async function accountsDueForRenewal(at: Date, limit: number): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT org_id AS "orgId" FROM credit_account
     WHERE state IN ('active', 'grandfathered') AND renews_at <= $1 ORDER BY renews_at LIMIT $2`,
    [at, limit],
  );
  return rows.map((row) => row.orgId);
}

/** Organisations with an open lot past its expiry, but for those whose renewal will see to it. */
export async function accountsDueForExpiry(at: Date, limit: number): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT DISTINCT l.org_id AS "orgId" FROM credit_lot AS l JOIN credit_account AS a ON a.org_id = l.org_id
     WHERE l.open AND l.expires_at <= $1
       AND NOT (l.kind = 'monthly' AND a.state IN ('active', 'grandfathered') AND a.renews_at <= $1) LIMIT $2`,
    [at, limit],
  );
  return rows.map((row) => row.orgId);
}

export async function setRenewsAt(tx: Queryable, orgId: string, renewsAt: Date): Promise<void> {
  await tx.query(`UPDATE credit_account SET renews_at = $2 WHERE org_id = $1`, [orgId, renewsAt]);
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

/** Records that thresholds have spoken; returns those that had not since they were armed. */
export async function recordWarnings(
  tx: Queryable,
  orgId: string,
  thresholds: readonly number[],
  at: Date,
): Promise<number[]> {
  const { rows } = await tx.query<{ threshold: number }>(
    `INSERT INTO credit_warning (org_id, threshold, spoken_at) SELECT $1, unnest($2::smallint[]), $3
     ON CONFLICT DO NOTHING RETURNING threshold`,
    [orgId, thresholds, at],
  );
  return rows.map((row) => row.threshold);
}
