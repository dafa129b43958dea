import { withBulkClient } from "./bulk";

export type History = {
  readonly orgId: string;
  /** How many old interactions it has had. */
  readonly rows: number;
};

/** What each old interaction cost, in microcredits: the lot that paid for them was granted exactly rows × this. */
export const OLD_CREDITS = 7_000_000n;
export const HISTORY_KEY = "bench:history";

/**
 * Old usage of the last 90 days, set-based, for organisations whose only lot so far is the one named HISTORY_KEY:
 * settled interactions in random order (as years of random ids would lie), one entry each, rollup, emptied lot, account.
 */
export async function loadHistory(histories: readonly History[]): Promise<void> {
  await withBulkClient(async (tx) => {
    await tx.query("BEGIN");
    // Row triggers would cost minutes; findDrift proves afterwards that the rows are what the verbs would have left.
    await tx.query("SET LOCAL session_replication_role = replica");
    await tx.query("SET LOCAL work_mem = '256MB'");
    await tx.query(
      `CREATE TEMP TABLE history ON COMMIT DROP AS
       SELECT h.org_id, n AS nth, gen_random_uuid()::text AS ref, now() - (h.rows - n + 1) * interval '90 days' / h.rows AS at,
              (enum_range(NULL::channel))[1 + floor(random() * 4)::int] AS channel
       FROM unnest($1::uuid[], $2::int[]) AS h (org_id, rows) CROSS JOIN LATERAL generate_series(1, h.rows) AS n`,
      [histories.map((history) => history.orgId), histories.map((history) => history.rows)],
    );
    await tx.query(
      `INSERT INTO interaction (org_id, channel, provider_ref, mode, level, billable, started_at, settled_at, cost_micro_usd, credits, rate_version)
       SELECT org_id, channel, ref, 'full', 0, true, at, at, 70000, $1, 'old' FROM history ORDER BY random()`,
      [OLD_CREDITS],
    );
    await tx.query(
      `INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at, rate_version)
       SELECT h.org_id, 1 + h.nth, 'usage', -$1::bigint, a.balance - h.nth * $1::bigint, l.id,
              'interaction:' || h.channel || ':' || h.ref, h.at, 'old'
       FROM history AS h JOIN credit_account AS a ON a.org_id = h.org_id
       JOIN credit_lot AS l ON l.org_id = h.org_id AND l.source_key = $2 ORDER BY h.at`,
      [OLD_CREDITS, HISTORY_KEY],
    );
    await tx.query(
      `INSERT INTO usage_daily (org_id, day, channel, interactions, credits)
       SELECT org_id, (at AT TIME ZONE 'Europe/London')::date AS day, channel, count(*), count(*) * $1::bigint
       FROM history GROUP BY org_id, day, channel`,
      [OLD_CREDITS],
    );
    await tx.query(
      `WITH used AS (SELECT org_id, count(*) AS rows FROM history GROUP BY org_id),
       emptied AS (UPDATE credit_lot AS l SET remaining = 0, open = false FROM used AS u WHERE l.org_id = u.org_id AND l.source_key = $1)
       UPDATE credit_account AS a SET balance = 0, entry_seq = a.entry_seq + u.rows FROM used AS u WHERE a.org_id = u.org_id`,
      [HISTORY_KEY],
    );
    await tx.query("COMMIT");
  });
}
