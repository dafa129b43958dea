import { pool } from "@/lib/db/pool";

export type Query = {
  readonly orgId: string;
  readonly id: string;
  readonly userId: string;
  readonly question: string;
  readonly answer: string | null;
  readonly degraded: boolean;
  readonly garageName: string;
  /** The member's latest answered questions, oldest first. */
  readonly history: readonly { readonly question: string; readonly answer: string }[];
};

export type QueryView = {
  readonly id: string;
  readonly question: string;
  readonly answer: string | null;
  readonly degraded: boolean;
  readonly degradationReason: string | null;
  readonly failed: boolean;
  readonly askedAt: Date;
};

const HISTORY = 4;

const READ = `SELECT q.org_id AS "orgId", q.id, q.user_id AS "userId", q.question, q.answer, q.degraded, o.name AS "garageName",
    coalesce((SELECT json_agg(json_build_object('question', h.question, 'answer', h.answer) ORDER BY h.asked_at) FROM (
      SELECT question, answer, asked_at FROM diagnostic_query AS h
      WHERE h.org_id = q.org_id AND h.user_id = q.user_id AND h.answer IS NOT NULL AND h.asked_at < q.asked_at
      ORDER BY asked_at DESC LIMIT ${HISTORY}) AS h), '[]') AS history
  FROM diagnostic_query AS q JOIN organization AS o ON o.id = q.org_id WHERE q.org_id = $1 AND q.client_key = $2`;

/** Stores a question once for its key; `fresh` is false for a repeat. */
export async function insertQuery(question: {
  orgId: string;
  id: string;
  clientKey: string;
  userId: string;
  question: string;
  askedAt: Date;
}): Promise<{ query: Query; fresh: boolean }> {
  const { rowCount } = await pool().query(
    `INSERT INTO diagnostic_query (org_id, id, client_key, user_id, question, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, client_key) DO NOTHING`,
    [question.orgId, question.id, question.clientKey, question.userId, question.question, question.askedAt],
  );
  const { rows } = await pool().query<Query>(READ, [question.orgId, question.clientKey]);
  if (!rows[0]) throw new Error("a question could be neither stored nor found");
  return { query: rows[0], fresh: rowCount === 1 };
}

/** Ends a question: answered, degraded, or (neither) failed. */
export async function finishQuery(
  { orgId, id }: Pick<Query, "orgId" | "id">,
  end: { answer: string | null; degradationReason: string | null; at: Date },
): Promise<void> {
  await pool().query(
    `UPDATE diagnostic_query SET answer = $3, degraded = $4::text IS NOT NULL, degradation_reason = $4,
       answered_at = CASE WHEN $3::text IS NOT NULL THEN $5::timestamptz END,
       failed_at = CASE WHEN $3::text IS NULL AND $4::text IS NULL THEN $5::timestamptz END
     WHERE org_id = $1 AND id = $2`,
    [orgId, id, end.answer, end.degradationReason, end.at],
  );
}

/** A member's own questions, the latest first. */
export async function listQueries(orgId: string, userId: string, limit: number): Promise<QueryView[]> {
  const { rows } = await pool().query<QueryView>(
    `SELECT id, question, answer, degraded, degradation_reason AS "degradationReason", failed_at IS NOT NULL AS failed, asked_at AS "askedAt"
     FROM diagnostic_query WHERE org_id = $1 AND user_id = $2 ORDER BY asked_at DESC LIMIT $3`,
    [orgId, userId, limit],
  );
  return rows;
}
