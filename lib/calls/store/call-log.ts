import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { pool } from "@/lib/db/pool";
import type { CallStatus } from "./voice-calls";

export type CallRow = {
  readonly id: string;
  readonly providerCallId: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly status: CallStatus;
  readonly startedAt: Date;
  readonly durationSeconds: number | null;
  readonly level: 0 | 1 | 2 | 3;
  readonly degradationReason: DegradationReason | null;
  readonly isFallback: boolean;
  readonly summary: string | null;
  readonly transcript: string | null;
  readonly endedReason: string | null;
};

const columns = (
  transcript: string,
) => `c.id, c.provider_call_id AS "providerCallId", c.caller_number AS "callerNumber",
  c.caller_name AS "callerName", c.status, coalesce(c.started_at, c.created_at) AS "startedAt",
  c.duration_seconds AS "durationSeconds", coalesce(i.level, 0) AS level, i.reason AS "degradationReason",
  coalesce(i.is_fallback, false) AS "isFallback", c.summary, ${transcript} AS transcript, c.ended_reason AS "endedReason"`;

const FROM = `FROM voice_call AS c LEFT JOIN interaction AS i
  ON i.org_id = c.org_id AND i.channel = 'voice' AND i.provider_ref = c.provider_call_id`;

/** The latest calls with how they were answered; transcripts are left for the one that is opened. */
export async function callsOf(orgId: string, limit: number): Promise<CallRow[]> {
  const { rows } = await pool().query<CallRow>(
    `SELECT ${columns("NULL")} ${FROM} WHERE c.org_id = $1 ORDER BY c.created_at DESC LIMIT $2`,
    [orgId, limit],
  );
  return rows;
}

/** One call with its transcript; undefined where this organisation has none of this id. */
export async function findCall(orgId: string, id: string): Promise<CallRow | undefined> {
  const { rows } = await pool().query<CallRow>(
    `SELECT ${columns("c.transcript")} ${FROM} WHERE c.org_id = $1 AND c.id = $2`,
    [orgId, id],
  );
  return rows[0];
}
