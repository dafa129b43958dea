import type { WritesBeside } from "@/lib/credits/settle-beside";
import type { SettleInput } from "@/lib/credits/settling";
import { arrayLiteral, type Literal } from "@/lib/db/array-literal";
import { pool, preparedName } from "@/lib/db/pool";
import type { CallTurn } from "../call";
import { LATER_STATUS } from "./voice-calls";

/** A finished call, priced by its settling; `id` is its own in the call log if it has none there yet. */
export type CallEnd = SettleInput & {
  readonly id: string;
  /** Else when its start was. */
  readonly createdAt: Date | undefined;
  readonly callerNumber: string | undefined;
  readonly callerName: string | undefined;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date;
  readonly endedReason: string | undefined;
  readonly durationSeconds: number;
  readonly transcript: string | undefined;
  readonly dialogue: readonly CallTurn[] | undefined;
  readonly summary: string | undefined;
  readonly reportedAt: Date;
  /** Mean over the call's turns, milliseconds. */
  readonly turnLatencyMs: number | undefined;
};

/** `isUnfinished`: more must be written for this call, and it is not marked as reported. */
export type LoggedEnd = { readonly isUnfinished: boolean };

type Row = { readonly ord: bigint; readonly is_unfinished: boolean };

/**
 * Writes finished calls to the call log in the statement that settles them, over earlier guesses, each unless its report was
 * written before. Marked as reported are those of which nothing else can follow: no call-back (spoken to a message-taker)
 * and no step of the latency ladder (slower than what changes nothing there).
 */
export const logEnds: WritesBeside<CallEnd, LoggedEnd> = async (settlement, ends) => {
  const first = settlement.values.length;
  const column = (pick: (end: CallEnd) => Literal): string => arrayLiteral(ends, pick);
  const columns: readonly (readonly [type: string, values: string])[] = [
    ["uuid", column((end) => end.orgId)],
    ["uuid", column((end) => end.id)],
    ["text", column((end) => end.providerRef)],
    ["timestamptz", column((end) => end.createdAt)],
    ["text", column((end) => end.callerNumber)],
    ["text", column((end) => end.callerName)],
    ["timestamptz", column((end) => end.startedAt)],
    ["timestamptz", column((end) => end.endedAt)],
    ["text", column((end) => end.endedReason)],
    ["integer", column((end) => end.durationSeconds)],
    ["text", column((end) => end.transcript)],
    ["jsonb", column((end) => end.dialogue && JSON.stringify(end.dialogue))],
    ["text", column((end) => end.summary)],
    ["timestamptz", column((end) => end.reportedAt)],
    ["boolean", column((end) => end.counted)],
    ["integer", column((end) => end.turnLatencyMs)],
  ];
  const { rows } = await pool().query<Row>({
    ...preparedName("log_ends"),
    text: `WITH settled AS (SELECT * FROM ${settlement.rows}),
      ended AS (
        SELECT * FROM unnest(${columns.map(([type], nth) => `$${first + nth + 1}::${type}[]`).join(", ")}) WITH ORDINALITY
          AS e (org_id, id, call_id, created_at, caller_number, caller_name, started_at, ended_at, ended_reason,
                duration_seconds, transcript, dialogue, summary, reported_at, was_spoken_to, turn_latency_ms, ord)
      ),
      logged AS (
        INSERT INTO voice_call AS c (org_id, id, provider_call_id, status, created_at, caller_number, caller_name,
          started_at, ended_at, ended_reason, duration_seconds, transcript, dialogue, summary, reported_at)
        SELECT e.org_id, e.id, e.call_id, 'ended', coalesce(e.created_at, s.started_at), e.caller_number, e.caller_name,
          e.started_at, e.ended_at, e.ended_reason, e.duration_seconds, e.transcript, e.dialogue, e.summary,
          CASE WHEN (s.mode = 'degraded' OR s.is_fallback) AND e.was_spoken_to THEN NULL
               WHEN s.mode = 'full' AND NOT s.is_fallback AND e.turn_latency_ms > coalesce(ladder.steady_to_ms, -1) THEN NULL
               ELSE e.reported_at END
        FROM ended AS e JOIN settled AS s ON s.ord = e.ord
        LEFT JOIN latency_ladder AS ladder ON ladder.org_id = e.org_id
        WHERE s.outcome <> 'no_account'
        ORDER BY e.org_id, e.call_id
        ON CONFLICT (org_id, provider_call_id) DO UPDATE SET
          ${LATER_STATUS},
          started_at = coalesce(excluded.started_at, c.started_at),
          ended_at = excluded.ended_at,
          ended_reason = coalesce(excluded.ended_reason, c.ended_reason),
          duration_seconds = excluded.duration_seconds, transcript = excluded.transcript,
          dialogue = excluded.dialogue, summary = excluded.summary, reported_at = excluded.reported_at
        WHERE c.reported_at IS NULL
        RETURNING c.org_id, c.provider_call_id, c.reported_at
      )
      SELECT s.*, logged.org_id IS NOT NULL AND logged.reported_at IS NULL AS is_unfinished
      FROM settled AS s JOIN ended AS e ON e.ord = s.ord
      LEFT JOIN logged ON logged.org_id = e.org_id AND logged.provider_call_id = e.call_id`,
    values: [...settlement.values, ...columns.map(([, values]) => values)],
  });
  const found = new Map(rows.map((row) => [Number(row.ord), row]));
  return ends.map((_, index) => {
    const row = found.get(index + 1);
    return row
      ? { ...settlement.read(row), isUnfinished: row.is_unfinished }
      : { outcome: { kind: "no_account" }, start: undefined, isUnfinished: false };
  });
};
