import { rolesWith } from "@/lib/auth/permissions";
import { pool, type Queryable } from "@/lib/db/pool";
import type { AttemptOutcome } from "../attempt-outcomes";
import type { CallBackDetails } from "../core/read-call-back";

export type NewCallBack = CallBackDetails & {
  readonly orgId: string;
  readonly id: string;
  readonly providerCallId: string;
  readonly createdAt: Date;
};

/** One call makes one call-back, however often it is reported. */
export async function insertCallBack(db: Queryable, callBack: NewCallBack): Promise<void> {
  await db.query(
    `INSERT INTO call_back (org_id, id, provider_call_id, name, phone, phone_as_spoken, reason, source, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org_id, provider_call_id) DO NOTHING`,
    [
      callBack.orgId,
      callBack.id,
      callBack.providerCallId,
      callBack.name,
      callBack.phone,
      callBack.phoneAsSpoken,
      callBack.reason,
      callBack.source,
      callBack.createdAt,
    ],
  );
}

/** Somebody of the garage; without a name where their account is gone. */
export type Person = { readonly id: string; readonly name: string | null };

export type AttemptRow = {
  readonly id: string;
  readonly outcome: AttemptOutcome;
  /** ISO 8601. */
  readonly at: string;
  readonly by: Person;
};

export type CallBackRow = {
  readonly id: string;
  readonly providerCallId: string;
  /** Of the call in the log, if it stands there. */
  readonly callId: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly phoneAsSpoken: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  /** Null also where they have left the garage. */
  readonly assignee: Person | null;
  /** Oldest first, without those that were undone. */
  readonly attempts: readonly AttemptRow[];
  /** While it is open: when somebody last spoke to its number after it came in, and who. */
  readonly reached: { readonly at: string; readonly by: Person } | null;
};

const ISO = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ROLES_WITH_CALLS = rolesWith("voice.calls.view").map((role) => `'${role}'`);

/** The member who looks after call-back `b`, unless they have left the garage or see calls no longer. */
const ASSIGNEE = `(SELECT json_build_object('id', u.id, 'name', u.name) FROM member AS n JOIN "user" AS u ON u.id = n.user_id
  WHERE n.organization_id = b.org_id AND n.user_id = b.assigned_to AND n.role IN (${ROLES_WITH_CALLS}))`;

const PERSON = (id: string, name: string): string => `json_build_object('id', ${id}, 'name', ${name})`;

const ATTEMPTS = `(SELECT coalesce(json_agg(json_build_object('id', a.id, 'outcome', a.outcome, 'at', ${ISO("a.at")},
    'by', ${PERSON("a.user_id", "u.name")}) ORDER BY a.at, a.id), '[]')
  FROM call_back_attempt AS a LEFT JOIN "user" AS u ON u.id = a.user_id
  WHERE a.org_id = b.org_id AND a.call_back_id = b.id AND a.undone_at IS NULL)`;

/** Both who calls in again and whom somebody reached are known by their number. */
const REACHED = `(SELECT json_build_object('at', ${ISO("r.at")}, 'by', ${PERSON("r.user_id", "u.name")})
  FROM reached AS r LEFT JOIN "user" AS u ON u.id = r.user_id
  WHERE b.done_at IS NULL AND r.phone = b.phone AND r.at > b.created_at ORDER BY r.at DESC LIMIT 1)`;

/**
 * Open call-backs, oldest first, then those done lately, latest first; of each kind at most so many. `waiting` counts all
 * that are open.
 */
export async function callBacksOf(
  orgId: string,
  limits: { readonly open: number; readonly done: number },
): Promise<{ rows: CallBackRow[]; waiting: number }> {
  const { rows } = await pool().query<CallBackRow & { waiting: number }>(
    `WITH listed AS MATERIALIZED (
       (SELECT * FROM call_back WHERE org_id = $1 AND done_at IS NULL ORDER BY created_at, id LIMIT $2)
       UNION ALL
       (SELECT * FROM call_back WHERE org_id = $1 AND done_at IS NOT NULL ORDER BY done_at DESC, id LIMIT $3)
     ), reached AS MATERIALIZED (
       SELECT DISTINCT o.phone, a.at, a.user_id FROM call_back_attempt AS a
       JOIN call_back AS o ON o.org_id = a.org_id AND o.id = a.call_back_id
       WHERE a.org_id = $1 AND a.outcome = 'spoke' AND a.undone_at IS NULL
         AND a.at > (SELECT min(created_at) FROM listed WHERE done_at IS NULL)
         AND o.phone IN (SELECT phone FROM listed WHERE done_at IS NULL)
     )
     SELECT b.id, b.provider_call_id AS "providerCallId", c.id AS "callId", b.name, b.phone,
       b.phone_as_spoken AS "phoneAsSpoken", b.reason, b.created_at AS "createdAt", b.done_at AS "doneAt", closer.name AS "doneBy",
       ${ASSIGNEE} AS assignee, ${ATTEMPTS} AS attempts, ${REACHED} AS reached,
       (SELECT count(*)::int FROM call_back WHERE org_id = $1 AND done_at IS NULL) AS waiting
     FROM listed AS b
     LEFT JOIN voice_call AS c ON c.org_id = b.org_id AND c.provider_call_id = b.provider_call_id
     LEFT JOIN "user" AS closer ON 'member:' || closer.id = b.done_by
     ORDER BY b.done_at IS NOT NULL, CASE WHEN b.done_at IS NULL THEN b.created_at END, b.done_at DESC, b.id`,
    [orgId, limits.open, limits.done],
  );
  return { rows, waiting: rows[0]?.waiting ?? 0 };
}

/** Counting ends here: it takes as long at any size. */
const MOST = 1_000;

/** How many of an organisation's call-backs are open, a thousand at most. */
export async function countOpenCallBacks(orgId: string): Promise<number> {
  const { rows } = await pool().query<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM (SELECT FROM call_back WHERE org_id = $1 AND done_at IS NULL LIMIT $2) AS open`,
    [orgId, MOST],
  );
  return rows[0]?.waiting ?? 0;
}

/** A call-back, and others of the same number that are treated with it: those of another number are left out. */
export type CallBackRef = { readonly orgId: string; readonly id: string; readonly also: readonly string[] };

/** Locks them, in the order of their ids. */
export const CHOSEN = `chosen AS MATERIALIZED (
  SELECT b.id FROM call_back AS b WHERE b.org_id = $1 AND (b.id = $2 OR (b.id = ANY ($3::uuid[])
    AND b.phone = (SELECT phone FROM call_back WHERE org_id = $1 AND id = $2))) ORDER BY b.id FOR UPDATE)`;

/** Marks call-backs done by hand, or open again; false where there is none of this organisation's. What is done already stays. */
export async function setCallBackDone(
  { orgId, id, also }: CallBackRef,
  done: { at: Date; by: string } | null,
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `WITH ${CHOSEN}, changed AS (
       UPDATE call_back AS b SET done_at = $4, done_by = $5, done_attempt = NULL FROM chosen
       WHERE b.org_id = $1 AND b.id = chosen.id AND (b.done_at IS NULL OR $4::timestamptz IS NULL))
     SELECT FROM chosen WHERE id = $2`,
    [orgId, id, also, done?.at ?? null, done?.by ?? null],
  );
  return rowCount === 1;
}

/** Gives call-backs to somebody, or to nobody; false where there is none of this organisation's. */
export async function setAssignee(
  tx: Queryable,
  { orgId, id, also }: CallBackRef,
  assigneeId: string | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `WITH ${CHOSEN}, changed AS (
       UPDATE call_back AS b SET assigned_to = $4 FROM chosen WHERE b.org_id = $1 AND b.id = chosen.id)
     SELECT FROM chosen WHERE id = $2`,
    [orgId, id, also, assigneeId],
  );
  return rowCount === 1;
}

/** Takes all call-backs from somebody who sees the garage's calls no longer. Returns how many. */
export async function takeFromLeaver(orgId: string, userId: string): Promise<number> {
  const { rowCount } = await pool().query(
    `UPDATE call_back AS b SET assigned_to = NULL WHERE b.org_id = $1 AND b.assigned_to = $2
       AND NOT EXISTS (SELECT FROM member AS n WHERE n.organization_id = b.org_id AND n.user_id = $2
         AND n.role IN (${ROLES_WITH_CALLS}))`,
    [orgId, userId],
  );
  return rowCount ?? 0;
}
