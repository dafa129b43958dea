import { pool } from "@/lib/db/pool";

/** Counting ends here: it takes as long at any size. */
const MOST = 1_000;

/** How many of an organisation's conversations want a person, and are not set aside; a thousand at most. */
export async function countWaiting(orgId: string, now: Date): Promise<number> {
  const { rows } = await pool().query<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM (
       SELECT FROM conversation WHERE org_id = $1 AND needs_attention AND (snoozed_until > $2) IS NOT TRUE LIMIT $3
     ) AS wanting`,
    [orgId, now, MOST],
  );
  return rows[0]?.waiting ?? 0;
}
