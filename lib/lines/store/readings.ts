import { pool } from "@/lib/db/pool";
import type { LineKey } from "@/lib/garage/line";
import type { LineReading } from "../core/reading";

export type StoredReading = LineKey & {
  readonly askedAt: Date;
  /** When `reading` was read; null before the first answer. */
  readonly readAt: Date | null;
  readonly reading: unknown;
  readonly failure: "refused" | "silent" | null;
  readonly failingSince: Date | null;
};

/** What providers said of a garage's lines, also of lines that it has no more. */
export async function listReadings(orgId: string): Promise<StoredReading[]> {
  const { rows } = await pool().query<StoredReading>(
    `SELECT channel, identity, asked_at AS "askedAt", read_at AS "readAt", reading, failure, failing_since AS "failingSince"
     FROM line_reading WHERE org_id = $1`,
    [orgId],
  );
  return rows;
}

/** Keeps what came of a question; without an answer the last one stands. A question asked earlier never replaces a later one's. */
export async function saveAnswer(
  orgId: string,
  { channel, identity }: LineKey,
  askedAt: Date,
  answer: { readonly reading: LineReading } | { readonly failure: "refused" | "silent" },
): Promise<void> {
  const [reading, failure] = "reading" in answer ? [answer.reading, null] : [null, answer.failure];
  await pool().query(
    `INSERT INTO line_reading AS r (org_id, channel, identity, asked_at, read_at, reading, failure, failing_since)
     VALUES ($1, $2::channel, $3, $4, CASE WHEN $6::text IS NULL THEN $4::timestamptz END, $5, $6,
             CASE WHEN $6::text IS NULL THEN NULL ELSE $4::timestamptz END)
     ON CONFLICT (org_id, channel, identity) DO UPDATE SET
       asked_at = excluded.asked_at,
       read_at = coalesce(excluded.read_at, r.read_at),
       reading = coalesce(excluded.reading, r.reading),
       failure = excluded.failure,
       failing_since = CASE WHEN excluded.failure IS NULL THEN NULL ELSE coalesce(r.failing_since, excluded.failing_since) END
     WHERE r.asked_at <= excluded.asked_at`,
    [orgId, channel, identity, askedAt, reading, failure],
  );
}
