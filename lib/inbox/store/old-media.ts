import { pool } from "@/lib/db/pool";

export type OldFile = { readonly orgId: string; readonly fileId: string };

/** Files whose time is over: stored before `before`, or uploaded before `unsentBefore` and never sent. */
export async function listOldFiles(
  { before, unsentBefore }: { readonly before: Date; readonly unsentBefore: Date },
  limit: number,
): Promise<OldFile[]> {
  const { rows } = await pool().query<OldFile>(
    `SELECT org_id AS "orgId", file_id AS "fileId" FROM media
     WHERE state = 'stored' AND (ended_at < $1 OR (ended_at < $2 AND message_id IS NULL)) ORDER BY ended_at LIMIT $3`,
    [before, unsentBefore, limit],
  );
  return rows;
}

/** The file is gone: its lines stay and say so, and an upload that was never sent is forgotten. */
export async function markRemoved({ orgId, fileId }: OldFile, at: Date): Promise<void> {
  await pool().query(
    `UPDATE media SET state = 'removed', ended_at = $3 WHERE org_id = $1 AND file_id = $2 AND state = 'stored' AND message_id IS NOT NULL`,
    [orgId, fileId, at],
  );
  await pool().query(`DELETE FROM media WHERE org_id = $1 AND file_id = $2 AND message_id IS NULL`, [
    orgId,
    fileId,
  ]);
}

/** Messages whose files wait and which no job fetches: their job was lost, or they were stored before there was one. */
export async function listForgotten(
  limit: number,
): Promise<{ readonly orgId: string; readonly messageId: string }[]> {
  const { rows } = await pool().query<{ orgId: string; messageId: string }>(
    `SELECT DISTINCT f.org_id AS "orgId", f.message_id AS "messageId" FROM media AS f
     WHERE f.state = 'waiting' AND NOT EXISTS (
       SELECT FROM graphile_worker.jobs AS j WHERE j.key = 'fetch-media:' || f.message_id) LIMIT $1`,
    [limit],
  );
  return rows;
}
