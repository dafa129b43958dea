import { pool } from "@/lib/db/pool";

/** How many of an organisation's conversations want a person, and are not set aside. */
export async function countWaiting(orgId: string, now: Date): Promise<number> {
  const { rows } = await pool().query<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM conversation WHERE org_id = $1 AND needs_attention AND (snoozed_until > $2) IS NOT TRUE`,
    [orgId, now],
  );
  return rows[0]?.waiting ?? 0;
}
