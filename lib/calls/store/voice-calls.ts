import { pool, type Queryable } from "@/lib/db/pool";

export type CallStatus = "ringing" | "in-progress" | "forwarding" | "ended";

/** What is known of a call; undefined leaves what is stored. */
export type CallFacts = {
  readonly orgId: string;
  readonly providerCallId: string;
  readonly status: CallStatus;
  readonly createdAt: Date;
  readonly callerNumber: string | undefined;
  readonly callerName: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  readonly endedReason?: string | undefined;
};

export type ReportFacts = {
  readonly orgId: string;
  readonly providerCallId: string;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly endedReason: string | undefined;
  readonly durationSeconds: number;
  readonly transcript: string | undefined;
  readonly summary: string | undefined;
  readonly reportedAt: Date;
};

const ORDER = "ARRAY['ringing', 'in-progress', 'forwarding', 'ended']";

/** Makes a call or moves it on: its status never goes back, and what is known is not overwritten. */
export async function moveCall(id: string, call: CallFacts, db: Queryable = pool()): Promise<void> {
  await db.query(
    `INSERT INTO voice_call AS c (org_id, id, provider_call_id, status, created_at, caller_number, caller_name,
                                  started_at, ended_at, ended_reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (org_id, provider_call_id) DO UPDATE SET
       status = CASE WHEN array_position(${ORDER}, excluded.status) > array_position(${ORDER}, c.status)
                     THEN excluded.status ELSE c.status END,
       caller_number = coalesce(c.caller_number, excluded.caller_number),
       caller_name = coalesce(c.caller_name, excluded.caller_name),
       started_at = coalesce(c.started_at, excluded.started_at),
       ended_at = coalesce(c.ended_at, excluded.ended_at),
       ended_reason = coalesce(c.ended_reason, excluded.ended_reason)`,
    [
      call.orgId,
      id,
      call.providerCallId,
      call.status,
      call.createdAt,
      call.callerNumber,
      call.callerName,
      call.startedAt,
      call.endedAt,
      call.endedReason,
    ],
  );
}

/** Stores what a report says of a call that exists, over earlier guesses. False where a report was stored before. */
export async function storeReport(tx: Queryable, report: ReportFacts): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE voice_call SET
       started_at = coalesce($3, started_at), ended_at = coalesce($4, ended_at), ended_reason = coalesce($5, ended_reason),
       duration_seconds = $6, transcript = $7, summary = $8, reported_at = $9
     WHERE org_id = $1 AND provider_call_id = $2 AND reported_at IS NULL`,
    [
      report.orgId,
      report.providerCallId,
      report.startedAt,
      report.endedAt,
      report.endedReason,
      report.durationSeconds,
      report.transcript,
      report.summary,
      report.reportedAt,
    ],
  );
  return rowCount === 1;
}
