import { pool } from "@/lib/db/pool";

/** How many of an organisation's conversations want a person. */
export async function countWaiting(orgId: string): Promise<number> {
  const { rows } = await pool().query<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM conversation WHERE org_id = $1 AND needs_attention`,
    [orgId],
  );
  return rows[0]?.waiting ?? 0;
}
