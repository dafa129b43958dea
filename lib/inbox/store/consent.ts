import { pool } from "@/lib/db/pool";

/** Whether this sender has opted out of this garage's texts. */
export async function hasOptedOut(orgId: string, externalId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT FROM contact WHERE org_id = $1 AND channel = 'sms' AND external_id = $2 AND opted_out_at IS NOT NULL`,
    [orgId, externalId],
  );
  return (rowCount ?? 0) > 0;
}
