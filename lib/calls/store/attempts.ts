import { pool } from "@/lib/db/pool";
import type { AttemptOutcome } from "../attempt-outcomes";
import { type CallBackRef, CHOSEN } from "./call-backs";

export type NewAttempt = {
  /** The wish's own id: the same one twice is one attempt. */
  readonly id: string;
  readonly outcome: AttemptOutcome;
  /** Whether it closes the call-backs that are still open. */
  readonly closes: boolean;
  readonly userId: string;
  /** How the member stands in `done_by`. */
  readonly by: string;
  readonly at: Date;
};

/** Keeps an attempt; false where there is no such call-back of this organisation's. */
export async function insertAttempt({ orgId, id, also }: CallBackRef, attempt: NewAttempt): Promise<boolean> {
  const { rowCount } = await pool().query(
    `WITH ${CHOSEN}, kept AS (
       INSERT INTO call_back_attempt (org_id, call_back_id, id, outcome, user_id, at)
       SELECT $1, chosen.id, $4, $5, $6, $7 FROM chosen ON CONFLICT DO NOTHING RETURNING call_back_id
     ), closed AS (
       UPDATE call_back AS b SET done_at = $7, done_by = $8, done_attempt = $4 FROM kept
       WHERE b.org_id = $1 AND b.id = kept.call_back_id AND b.done_at IS NULL AND $9)
     SELECT FROM chosen WHERE id = $2`,
    [
      ...[orgId, id, also],
      ...[attempt.id, attempt.outcome, attempt.userId, attempt.at, attempt.by, attempt.closes],
    ],
  );
  return rowCount === 1;
}

/** Whether this id is another attempt's: of other call-backs, or with another outcome. */
export async function isOtherAttempt(
  { orgId, id }: Pick<CallBackRef, "orgId" | "id">,
  attempt: Pick<NewAttempt, "id" | "outcome">,
): Promise<boolean> {
  const { rows } = await pool().query<{ other: boolean }>(
    `SELECT coalesce(bool_or(outcome <> $3) OR NOT bool_or(call_back_id = $4), false) AS other
     FROM call_back_attempt WHERE org_id = $1 AND id = $2`,
    [orgId, attempt.id, attempt.outcome, id],
  );
  return rows[0]?.other === true;
}

/**
 * Undoes an attempt: what it closed is open again, unless another attempt closes it as well. False where this call-back has
 * no such attempt; one that was undone before stays as it is.
 */
export async function undoAttempt(
  orgId: string,
  callBackId: string,
  attemptId: string,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `WITH found AS MATERIALIZED (
       SELECT a.call_back_id AS id FROM call_back_attempt AS a WHERE a.org_id = $1 AND a.id = $3
       AND EXISTS (SELECT FROM call_back_attempt AS o WHERE o.org_id = $1 AND o.call_back_id = $2 AND o.id = $3)
     ), locked AS MATERIALIZED (
       SELECT b.id FROM call_back AS b WHERE b.org_id = $1 AND b.id IN (SELECT id FROM found) ORDER BY b.id FOR UPDATE
     ), undone AS (
       UPDATE call_back_attempt AS a SET undone_at = $4 FROM locked
       WHERE a.org_id = $1 AND a.id = $3 AND a.call_back_id = locked.id AND a.undone_at IS NULL RETURNING a.call_back_id
     ), reopened AS (
       UPDATE call_back AS b SET done_at = other.at, done_by = 'member:' || other.user_id, done_attempt = other.id
       FROM undone LEFT JOIN LATERAL (
         SELECT o.id, o.at, o.user_id FROM call_back_attempt AS o
         WHERE o.org_id = $1 AND o.call_back_id = undone.call_back_id AND o.id <> $3 AND o.outcome = 'spoke'
           AND o.undone_at IS NULL ORDER BY o.at LIMIT 1) AS other ON true
       WHERE b.org_id = $1 AND b.id = undone.call_back_id AND b.done_attempt = $3)
     SELECT FROM found WHERE id = $2`,
    [orgId, callBackId, attemptId, at],
  );
  return rowCount === 1;
}
