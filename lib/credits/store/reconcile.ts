import type { QueryConfig } from "pg";
import { pool, type Queryable } from "@/lib/db/pool";
import { TIME_ZONE } from "@/lib/shared/format";

/** Where an account departs from its entries. Empty: every invariant holds. */
export type Drift = { readonly invariant: string; readonly expected: string; readonly found: string };

/** Longer than the pool allows other queries: a large account has millions of entries. */
const READ_ALL_MS = 10 * 60_000;

/** A query about one organisation that may take that long. The driver knows the setting, its types do not. */
function readingAll(text: string, orgId: string): QueryConfig & { readonly query_timeout: number } {
  return { text, values: [orgId], query_timeout: READ_ALL_MS };
}

/**
 * Every invariant of one account in one query, which reads each entry once: balance = sum of entries = open lots -
 * overdraft; sequence without gaps and running balances right; overdraft = minus the entries without a lot; each lot's
 * entries sum to its remaining; the daily rollup sums to the usage; the credits of each settled interaction stand in the ledger, once.
 */
export async function findDrift(orgId: string, db: Queryable = pool()): Promise<Drift[]> {
  const { rows } = await db.query<Drift>(
    readingAll(
      `WITH account AS (
       SELECT count(*) AS found, sum(balance) AS balance, sum(overdraft) AS overdraft, sum(entry_seq) AS entry_seq
       FROM credit_account WHERE org_id = $1
     ), entry AS (
       SELECT seq, amount, balance_after, lot_id, kind, cause, sum(amount) OVER (ORDER BY seq) AS running
       FROM ledger_entry WHERE org_id = $1
     ), posted AS (
       SELECT count(*) AS entries, coalesce(max(seq), 0) AS last, coalesce(sum(amount), 0) AS total,
              coalesce(-sum(amount) FILTER (WHERE lot_id IS NULL), 0) AS overdrawn,
              coalesce(-sum(amount) FILTER (WHERE kind = 'usage'), 0) AS used,
              count(*) FILTER (WHERE running <> balance_after) AS wrong
       FROM entry
     ), posted_to AS (
       SELECT lot_id, sum(amount) AS total FROM entry WHERE lot_id IS NOT NULL GROUP BY lot_id
     ), lots AS (
       SELECT coalesce(sum(lot.remaining) FILTER (WHERE lot.open), 0) AS open,
              count(*) FILTER (WHERE lot.remaining IS DISTINCT FROM coalesce(posted_to.total, 0)) AS wrong
       FROM (SELECT id, remaining, open FROM credit_lot WHERE org_id = $1) AS lot
       FULL JOIN posted_to ON posted_to.lot_id = lot.id
     ), daily AS (
       SELECT coalesce(sum(credits), 0) AS credits FROM usage_daily WHERE org_id = $1
     ), settled AS (
       SELECT coalesce(sum(charged.credits), 0) AS credits,
              count(*) FILTER (WHERE charged.credits IS DISTINCT FROM used.credits) AS wrong
       FROM (
         SELECT 'interaction:' || channel || ':' || provider_ref AS cause, credits
         FROM interaction WHERE org_id = $1 AND settled_at IS NOT NULL AND credits > 0
       ) AS charged
       FULL JOIN (SELECT cause, -sum(amount) AS credits FROM entry WHERE kind = 'usage' GROUP BY cause) AS used
         ON used.cause = charged.cause
     )
     SELECT held.invariant, held.expected::text, held.found::text
     FROM account, posted, lots, daily, settled, LATERAL (VALUES
       ('there is an account', 1, account.found),
       ('balance = sum of entries', posted.total, account.balance),
       ('balance = open lots - overdraft', lots.open - account.overdraft, account.balance),
       ('overdraft = lines without a lot', posted.overdrawn, account.overdraft),
       ('sequence ends at the account''s', account.entry_seq, posted.last),
       ('sequence has no gaps', posted.last, posted.entries),
       ('running balances', 0, posted.wrong),
       ('lots = their lines', 0, lots.wrong),
       ('daily rollup = usage', posted.used, daily.credits),
       ('settled interactions = usage', posted.used, settled.credits),
       ('each settled interaction = its usage', 0, settled.wrong)
     ) AS held (invariant, expected, found) WHERE held.expected <> held.found`,
      orgId,
    ),
  );
  return rows;
}

/** Marks an account as being recalculated since a moment, which its dashboard says; null takes the mark away. */
export async function markRecalculating(
  orgId: string,
  since: Date | null,
  db: Queryable = pool(),
): Promise<void> {
  await db.query(`UPDATE credit_account SET recalculating_since = $2 WHERE org_id = $1`, [orgId, since]);
}

/** Rebuilds what is derived (balance, overdraft, sequence, lots) from the entries. The account must be locked. */
export async function rebuildFromEntries(tx: Queryable, orgId: string): Promise<void> {
  await tx.query(
    readingAll(
      `WITH posted_to AS (
       SELECT lot_id, sum(amount) AS total FROM ledger_entry WHERE org_id = $1 AND lot_id IS NOT NULL GROUP BY lot_id
     )
     UPDATE credit_lot AS lot SET remaining = coalesce(posted_to.total, 0), open = coalesce(posted_to.total, 0) > 0
     FROM credit_lot AS stored LEFT JOIN posted_to ON posted_to.lot_id = stored.id
     WHERE lot.org_id = $1 AND stored.org_id = $1 AND stored.id = lot.id
       AND lot.remaining <> coalesce(posted_to.total, 0)`,
      orgId,
    ),
  );
  await tx.query(
    readingAll(
      `UPDATE credit_account AS account
     SET balance = posted.total, overdraft = posted.overdrawn, entry_seq = posted.last
     FROM (
       SELECT coalesce(sum(amount), 0) AS total, coalesce(max(seq), 0) AS last,
              coalesce(-sum(amount) FILTER (WHERE lot_id IS NULL), 0) AS overdrawn
       FROM ledger_entry WHERE org_id = $1
     ) AS posted
     WHERE account.org_id = $1`,
      orgId,
    ),
  );
}

/** Rebuilds the daily rollup's credits from the usage entries; the counts are kept. The account must be locked. */
export async function rebuildRollup(tx: Queryable, orgId: string): Promise<void> {
  await tx.query(
    readingAll(
      `WITH used AS (
       SELECT (posted_at AT TIME ZONE '${TIME_ZONE}')::date AS day, split_part(cause, ':', 2)::channel AS channel,
              -sum(amount) AS credits
       FROM ledger_entry WHERE org_id = $1 AND kind = 'usage' GROUP BY 1, 2
     ), zeroed AS (
       UPDATE usage_daily AS daily SET credits = 0 WHERE daily.org_id = $1
         AND NOT EXISTS (SELECT FROM used WHERE used.day = daily.day AND used.channel = daily.channel)
     )
     INSERT INTO usage_daily AS daily (org_id, day, channel, interactions, degraded, credits)
     SELECT $1, day, channel, 0, 0, credits FROM used
     ON CONFLICT (org_id, day, channel) DO UPDATE SET credits = excluded.credits`,
      orgId,
    ),
  );
}

/** Every organisation that has an account. */
export async function accountIds(): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT org_id AS "orgId" FROM credit_account ORDER BY org_id`,
  );
  return rows.map((row) => row.orgId);
}

/** Accounts that drifted and are not mended yet, oldest first. */
export async function recalculatingAccounts(
  limit: number,
): Promise<{ readonly orgId: string; readonly since: Date }[]> {
  const { rows } = await pool().query<{ orgId: string; since: Date }>(
    `SELECT org_id AS "orgId", recalculating_since AS since FROM credit_account
     WHERE recalculating_since IS NOT NULL ORDER BY recalculating_since LIMIT $1`,
    [limit],
  );
  return rows;
}
