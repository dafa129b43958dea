import { pool, type Queryable } from "@/lib/db/pool";

/** Where an account departs from its entries. Empty: every invariant holds. */
export type Drift = { readonly invariant: string; readonly expected: string; readonly found: string };

/**
 * Every invariant of one account in one query: balance = sum of entries = open lots - overdraft; sequence without gaps
 * and running balances right; overdraft = minus the lines without a lot; each lot's lines sum to its remaining; the
 * daily rollup sums to the usage; settled credits stand in the ledger.
 */
export async function findDrift(orgId: string, db: Queryable = pool()): Promise<Drift[]> {
  const { rows } = await db.query<Drift>(
    `WITH a AS (SELECT * FROM credit_account WHERE org_id = $1),
     e AS (SELECT seq, amount, balance_after, lot_id, kind, sum(amount) OVER (ORDER BY seq) AS running FROM ledger_entry WHERE org_id = $1),
     s AS (SELECT coalesce(sum(amount), 0) AS total, coalesce(-sum(amount) FILTER (WHERE lot_id IS NULL), 0) AS overdrawn,
                  coalesce(max(seq), 0) AS last, count(*) AS lines, count(*) FILTER (WHERE running <> balance_after) AS wrong,
                  coalesce(-sum(amount) FILTER (WHERE kind = 'usage'), 0) AS used FROM e),
     l AS (SELECT c.id, c.remaining, coalesce((SELECT sum(amount) FROM e WHERE e.lot_id = c.id), 0) AS lines FROM credit_lot AS c WHERE c.org_id = $1)
     SELECT v.invariant, v.expected::text, v.found::text FROM a, s, LATERAL (VALUES
       ('balance = sum of entries', s.total, a.balance),
       ('balance = open lots - overdraft', (SELECT coalesce(sum(remaining), 0) FROM credit_lot WHERE org_id = $1 AND open) - a.overdraft, a.balance),
       ('overdraft = lines without a lot', s.overdrawn, a.overdraft),
       ('sequence ends at the account''s', a.entry_seq, s.last),
       ('sequence has no gaps', s.last, s.lines),
       ('running balances', 0, s.wrong),
       ('lots = their lines', 0, (SELECT count(*) FROM l WHERE l.remaining <> l.lines)),
       ('daily rollup = usage', s.used, (SELECT coalesce(sum(credits), 0) FROM usage_daily WHERE org_id = $1)),
       ('settled interactions = usage', s.used, (SELECT coalesce(sum(credits), 0) FROM interaction WHERE org_id = $1 AND settled_at IS NOT NULL))
     ) AS v (invariant, expected, found) WHERE v.expected <> v.found`,
    [orgId],
  );
  return rows;
}

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
    `WITH lines AS (SELECT lot_id, sum(amount) AS remaining FROM ledger_entry WHERE org_id = $1 AND lot_id IS NOT NULL GROUP BY lot_id)
     UPDATE credit_lot AS c SET remaining = coalesce(l.remaining, 0), open = coalesce(l.remaining, 0) > 0
     FROM credit_lot AS o LEFT JOIN lines AS l ON l.lot_id = o.id
     WHERE c.org_id = $1 AND o.org_id = $1 AND o.id = c.id AND c.remaining <> coalesce(l.remaining, 0)`,
    [orgId],
  );
  await tx.query(
    `UPDATE credit_account AS a SET balance = s.total, overdraft = s.overdrawn, entry_seq = s.last
     FROM (SELECT coalesce(sum(amount), 0) AS total, coalesce(-sum(amount) FILTER (WHERE lot_id IS NULL), 0) AS overdrawn,
                  coalesce(max(seq), 0) AS last FROM ledger_entry WHERE org_id = $1) AS s
     WHERE a.org_id = $1`,
    [orgId],
  );
}

/** Rebuilds the daily rollup's credits from the usage entries; the counts are kept. */
export async function rebuildRollup(tx: Queryable, orgId: string): Promise<void> {
  await tx.query(
    `WITH used AS (
       SELECT (posted_at AT TIME ZONE 'Europe/London')::date AS day, split_part(cause, ':', 2)::channel AS channel, -sum(amount) AS credits
       FROM ledger_entry WHERE org_id = $1 AND kind = 'usage' GROUP BY 1, 2
     ), zeroed AS (
       UPDATE usage_daily AS u SET credits = 0 WHERE u.org_id = $1
         AND NOT EXISTS (SELECT FROM used WHERE used.day = u.day AND used.channel = u.channel)
     )
     INSERT INTO usage_daily AS u (org_id, day, channel, interactions, degraded, credits)
     SELECT $1, day, channel, 0, 0, credits FROM used
     ON CONFLICT (org_id, day, channel) DO UPDATE SET credits = excluded.credits`,
    [orgId],
  );
}

export async function accountIds(): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT org_id AS "orgId" FROM credit_account ORDER BY org_id`,
  );
  return rows.map((row) => row.orgId);
}
