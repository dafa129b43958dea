import { pool } from "@/lib/db/pool";

/** Conversations that were last written to a number of ours, and those of them whose window is open. */
export async function countOnLine(
  orgId: string,
  channel: string,
  identity: string,
  now: Date,
): Promise<{ conversations: number; openWindows: number }> {
  const { rows } = await pool().query<{ conversations: number; openWindows: number }>(
    `SELECT count(*)::int AS conversations, (count(*) FILTER (WHERE window_ends_at > $4))::int AS "openWindows"
     FROM conversation WHERE org_id = $1 AND channel = $2::channel AND identity = $3`,
    [orgId, channel, identity, now],
  );
  return rows[0] ?? { conversations: 0, openWindows: 0 };
}
