import { pool } from "@/lib/db/pool";

export type UnreportedCall = { readonly orgId: string; readonly callId: string };

const LIMIT = 500;

/**
 * Calls that began between these moments and have no report, or whose report was not settled or not written down: the oldest
 * first, so that none is passed over again and again where there are more than can be asked about at once.
 */
export async function listUnreported(after: Date, before: Date): Promise<UnreportedCall[]> {
  const { rows } = await pool().query<{ org_id: string; call_id: string }>(
    `SELECT org_id, call_id FROM (
       SELECT org_id, provider_call_id AS call_id, created_at AS began_at FROM voice_call
       WHERE reported_at IS NULL AND created_at > $1 AND created_at < $2
       UNION ALL
       SELECT org_id, provider_ref, started_at FROM interaction
       WHERE channel = 'voice' AND settled_at IS NULL AND started_at > $1 AND started_at < $2) AS unreported
     GROUP BY org_id, call_id ORDER BY min(began_at), org_id, call_id LIMIT ${LIMIT}`,
    [after, before],
  );
  return rows.map((row) => ({ orgId: row.org_id, callId: row.call_id }));
}

/** Which of these calls have their report, by `<org id>:<call id>`. */
export async function findReported(calls: readonly UnreportedCall[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ key: string }>(
    `SELECT c.org_id || ':' || c.provider_call_id AS key
     FROM unnest($1::uuid[], $2::text[]) AS x (org_id, call_id)
     JOIN voice_call AS c ON c.org_id = x.org_id AND c.provider_call_id = x.call_id
     WHERE c.reported_at IS NOT NULL`,
    [calls.map((call) => call.orgId), calls.map((call) => call.callId)],
  );
  return new Set(rows.map((row) => row.key));
}
