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

const ORDER = "ARRAY['ringing', 'in-progress', 'forwarding', 'ended']";

/** Of a call `c` that is known already, and of what is told of it now: its status never goes back, and who called is kept. */
export const LATER_STATUS = `status = CASE WHEN array_position(${ORDER}, excluded.status) > array_position(${ORDER}, c.status)
                THEN excluded.status ELSE c.status END,
  caller_number = coalesce(c.caller_number, excluded.caller_number),
  caller_name = coalesce(c.caller_name, excluded.caller_name)`;

/** What becomes of a call that is known already while it goes on: what is known is not overwritten. */
export const MOVE_ON = `ON CONFLICT (org_id, provider_call_id) DO UPDATE SET ${LATER_STATUS},
  started_at = coalesce(c.started_at, excluded.started_at),
  ended_at = coalesce(c.ended_at, excluded.ended_at),
  ended_reason = coalesce(c.ended_reason, excluded.ended_reason)`;

/** Makes a call or moves it on. */
export async function moveCall(id: string, call: CallFacts): Promise<void> {
  await pool().query(
    `INSERT INTO voice_call AS c (org_id, id, provider_call_id, status, created_at, caller_number, caller_name,
                                  started_at, ended_at, ended_reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ${MOVE_ON}`,
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

/** Marks that everything a report asks for is done; false where it was marked before. */
export async function markReported(
  tx: Queryable,
  call: { readonly orgId: string; readonly providerCallId: string },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE voice_call SET reported_at = $3
     WHERE org_id = $1 AND provider_call_id = $2 AND reported_at IS NULL`,
    [call.orgId, call.providerCallId, at],
  );
  return rowCount === 1;
}
