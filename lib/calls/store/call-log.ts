import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import type { MomentCursor } from "@/lib/db/moment-cursor";
import { pool } from "@/lib/db/pool";
import type { CallTurn } from "../call";
import type { CallFilter } from "../calls-asked";
import type { SearchTerms } from "../core/search-terms";
import { ANSWER, CALL, IS_FORWARDED, WHERE_FILTER } from "./call-kinds";
import type { CallStatus } from "./voice-calls";

export type CallRow = {
  readonly id: string;
  readonly providerCallId: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly status: CallStatus;
  /** When it rang: the log's order. */
  readonly createdAt: Date;
  readonly startedAt: Date;
  readonly durationSeconds: number | null;
  readonly answer: "full" | "message-taker" | "fallback" | "missed";
  readonly isForwarded: boolean;
  readonly level: 0 | 1 | 2 | 3;
  readonly degradationReason: DegradationReason | null;
  readonly isFallback: boolean;
  readonly summary: string | null;
  readonly callBack: "waiting" | "returned" | null;
};

export type CallDetailRow = CallRow & {
  readonly transcript: string | null;
  readonly dialogue: readonly CallTurn[] | null;
  readonly endedReason: string | null;
};

const COLUMNS = `c.id, c.provider_call_id AS "providerCallId", c.caller_number AS "callerNumber",
  coalesce(c.caller_name, (SELECT b.name FROM call_back AS b
   WHERE b.org_id = c.org_id AND b.provider_call_id = c.provider_call_id)) AS "callerName", c.status, c.created_at AS "createdAt", coalesce(c.started_at, c.created_at) AS "startedAt",
  c.duration_seconds AS "durationSeconds", ${ANSWER} AS answer, coalesce(${IS_FORWARDED}, false) AS "isForwarded",
  coalesce(i.level, 0) AS level, i.reason AS "degradationReason", coalesce(i.is_fallback, false) AS "isFallback", c.summary,
  (SELECT CASE WHEN b.done_at IS NULL THEN 'waiting'::text ELSE 'returned'::text END FROM call_back AS b
   WHERE b.org_id = c.org_id AND b.provider_call_id = c.provider_call_id) AS "callBack"`;

export type CallQuery = {
  readonly filter: CallFilter | undefined;
  readonly search: SearchTerms | undefined;
  /** The last call of the page before. */
  readonly after: MomentCursor | undefined;
  readonly limit: number;
};

/** Finds a call by its own words and number, or by those of its call-back. */
function whereFound(query: string): string {
  return `(c.words @@ ${query}
    OR c.provider_call_id = ANY (ARRAY(SELECT b.provider_call_id FROM call_back AS b
      WHERE b.org_id = $1 AND call_words(b.org_id, b.phone, b.name, b.reason, NULL) @@ ${query})))`;
}

/** One page of the call log, latest first; transcripts are left for the call that is opened. */
export async function callPage(
  orgId: string,
  { filter, search, after, limit }: CallQuery,
): Promise<CallRow[]> {
  const values: unknown[] = [orgId, limit];
  const where = ["c.org_id = $1"];
  if (filter) where.push(WHERE_FILTER[filter]);
  if (after)
    where.push(`(c.created_at, c.id) < ($${values.push(after.at)}, $${values.push(after.id)}::uuid)`);
  if (search) {
    const own = `$${values.push(`'org:${orgId}'`)}::tsquery`;
    const words = `to_tsquery('english', fold_letters($${values.push(search.words)}))`;
    const typed = search.number === null ? words : `(${words} || $${values.push(search.number)}::tsquery)`;
    where.push(whereFound(`(${own} && ${typed})`));
  }
  const { rows } = await pool().query<CallRow>(
    `SELECT ${COLUMNS} FROM ${CALL} WHERE ${where.join(" AND ")} ORDER BY c.created_at DESC, c.id DESC LIMIT $2`,
    values,
  );
  return rows;
}

/** Calls that rang since then and have not ended as far as is known, the longest first. */
export async function callsGoingOn(orgId: string, since: Date): Promise<CallRow[]> {
  const { rows } = await pool().query<CallRow>(
    `SELECT ${COLUMNS} FROM ${CALL} WHERE c.org_id = $1 AND c.created_at > $2 AND c.status <> 'ended'
     ORDER BY c.created_at, c.id LIMIT 50`,
    [orgId, since],
  );
  return rows;
}

/** How the latest calls were answered, latest first: when, and for which reason not in full. */
export async function answersOf(
  orgId: string,
  limit: number,
): Promise<Pick<CallRow, "startedAt" | "degradationReason" | "isFallback">[]> {
  const { rows } = await pool().query(
    `SELECT coalesce(c.started_at, c.created_at) AS "startedAt", i.reason AS "degradationReason",
            coalesce(i.is_fallback, false) AS "isFallback"
     FROM ${CALL} WHERE c.org_id = $1 ORDER BY c.created_at DESC, c.id DESC LIMIT $2`,
    [orgId, limit],
  );
  return rows;
}

/** One call with what was said; undefined where this organisation has none of this id. */
export async function findCall(orgId: string, id: string): Promise<CallDetailRow | undefined> {
  const { rows } = await pool().query<CallDetailRow>(
    `SELECT ${COLUMNS}, c.transcript, c.dialogue, c.ended_reason AS "endedReason"
     FROM ${CALL} WHERE c.org_id = $1 AND c.id = $2`,
    [orgId, id],
  );
  return rows[0];
}

/** When the latest call of an organisation's rang. */
export async function latestCallAt(orgId: string): Promise<Date | null> {
  const { rows } = await pool().query<{ at: Date }>(
    `SELECT created_at AS at FROM voice_call WHERE org_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
    [orgId],
  );
  return rows[0]?.at ?? null;
}
