import { pool } from "@/lib/db/pool";
import type { Span, SummarySpans } from "../core/summary-spans";
import { ANSWER, CALL, IS_FORWARDED } from "./call-kinds";

/** How many calls, and how they were answered: the four kinds add up to `calls`. */
export type CallFigures = {
  readonly calls: number;
  readonly full: number;
  /** Of those in full, by the faster model. */
  readonly fasterModel: number;
  /** Of those in full, without tools. */
  readonly noTools: number;
  readonly messageTaker: { readonly creditExhaustion: number; readonly trialCap: number };
  readonly fallback: number;
  readonly missed: number;
  /** Handed on to a person, whichever kind they were. */
  readonly forwarded: number;
  readonly seconds: number;
};

export type SummaryRow = {
  readonly today: CallFigures;
  readonly week: CallFigures;
  readonly sameDayLastWeek: CallFigures;
  readonly lastWeek: CallFigures;
  /** Of this week, by the London hour at which they rang; hours without a call are left out. */
  readonly hours: readonly { readonly hour: number; readonly calls: number }[];
  readonly waiting: number;
  /** ISO 8601. */
  readonly waitingSince: string | null;
};

const between = (first: number): string => `(c.at >= $${first} AND c.at < $${first + 1})`;

const figures = (first: number): string => {
  const count = (condition: string): string => `count(*) FILTER (WHERE ${between(first)} AND ${condition})`;
  return `json_build_object('calls', ${count("true")}, 'full', ${count("answer = 'full'")},
    'fasterModel', ${count("answer = 'full' AND level = 1")}, 'noTools', ${count("answer = 'full' AND level = 2")},
    'messageTaker', json_build_object('creditExhaustion', ${count("answer = 'message-taker' AND reason = 'credit-exhaustion'")},
      'trialCap', ${count("answer = 'message-taker' AND reason = 'trial-cap'")}),
    'fallback', ${count("answer = 'fallback'")}, 'missed', ${count("answer = 'missed'")},
    'forwarded', ${count("forwarded")},
    'seconds', coalesce(sum(seconds) FILTER (WHERE ${between(first)}), 0))`;
};

/** The calls of these spans and the call-backs that wait, in one round trip. A call counts on the day on which it rang. */
export async function readSummary(orgId: string, spans: SummarySpans): Promise<SummaryRow> {
  const { today, week, sameDayLastWeek, lastWeek } = spans;
  const bounds = (span: Span): Date[] => [span.from, span.to];
  const { rows } = await pool().query<SummaryRow>(
    `WITH c AS MATERIALIZED (
       SELECT c.created_at AS at, ${ANSWER} AS answer, i.level, i.reason, c.duration_seconds AS seconds, ${IS_FORWARDED} AS forwarded
       FROM ${CALL} WHERE c.org_id = $1 AND c.created_at >= $8 AND c.created_at < $5
     ), waiting AS (
       SELECT count(*)::int AS waiting, min(created_at) AS since FROM call_back WHERE org_id = $1 AND done_at IS NULL
     )
     SELECT ${figures(2)} AS today, ${figures(4)} AS week, ${figures(6)} AS "sameDayLastWeek", ${figures(8)} AS "lastWeek",
       (SELECT coalesce(json_agg(h ORDER BY h.hour), '[]') FROM (
          SELECT extract(hour FROM c.at AT TIME ZONE 'Europe/London')::int AS hour, count(*)::int AS calls
          FROM c WHERE ${between(4)} GROUP BY 1) AS h) AS hours,
       (SELECT waiting FROM waiting) AS waiting,
       (SELECT to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') FROM waiting) AS "waitingSince"
     FROM c`,
    [orgId, ...[today, week, sameDayLastWeek, lastWeek].flatMap(bounds)],
  );
  const [row] = rows;
  if (!row) throw new Error("a count without a row");
  return row;
}
