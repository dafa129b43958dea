import { pool, type Queryable } from "@/lib/db/pool";
import type { FailureNext, MessageChannel, StatusUpdate } from "../core/message";

/**
 * Applies a status to the message it names, by the provider's id or our own, and returns its conversation; undefined
 * where there is no such message. Each status keeps its own time, and what is shown never goes back.
 */
export async function applyStatus(
  orgId: string,
  update: StatusUpdate,
  db: Queryable = pool(),
): Promise<string | undefined> {
  const failure = update.status === "failed" ? update.failure : undefined;
  const { rows } = await db.query<{ conversationId: string }>(
    `UPDATE message SET
       provider_id = coalesce(provider_id, $3),
       sent_at = CASE WHEN $5 = 'sent' THEN least(sent_at, $6) ELSE sent_at END,
       delivered_at = CASE WHEN $5 = 'delivered' THEN least(delivered_at, $6) ELSE delivered_at END,
       read_at = CASE WHEN $5 = 'read' THEN least(read_at, $6) ELSE read_at END,
       failed_at = CASE WHEN $5 = 'failed' THEN least(failed_at, $6) ELSE failed_at END,
       -- read > delivered > failed > sent: beside a delivery, to another device, a failure changes nothing.
       error_code = CASE WHEN status IN ('delivered', 'read') OR $5 IN ('delivered', 'read') THEN NULL
                         ELSE coalesce($7, error_code) END,
       error_text = CASE WHEN status IN ('delivered', 'read') OR $5 IN ('delivered', 'read') THEN NULL
                         ELSE coalesce($8, error_text) END,
       status = CASE
         WHEN status = 'read' OR $5 = 'read' THEN 'read'::delivery_status
         WHEN status = 'delivered' OR $5 = 'delivered' THEN 'delivered'::delivery_status
         WHEN status = 'failed' OR $5 = 'failed' THEN 'failed'::delivery_status
         ELSE 'sent'::delivery_status END
     WHERE org_id = $1 AND channel = $2 AND direction = 'outbound' AND (provider_id = $3 OR id = $4)
     RETURNING conversation_id AS "conversationId"`,
    [
      orgId,
      update.channel,
      update.providerId,
      update.messageId ?? null,
      update.status,
      update.at,
      failure?.code ?? null,
      failure?.reason ?? null,
    ],
  );
  return rows[0]?.conversationId;
}

/** Keeps a status whose message has no provider id yet. */
export async function keepEarlyStatus(orgId: string, update: StatusUpdate): Promise<void> {
  const failure = update.status === "failed" ? update.failure : undefined;
  await pool().query(
    `INSERT INTO early_status (org_id, channel, provider_id, status, at, error_code, error_text, failure_next)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      orgId,
      update.channel,
      update.providerId,
      update.status,
      update.at,
      failure?.code ?? null,
      failure?.reason ?? null,
      failure?.next ?? null,
    ],
  );
}

type EarlyRow = {
  status: StatusUpdate["status"];
  at: Date;
  code: number | null;
  reason: string | null;
  next: FailureNext | null;
};

/** The statuses that came before a message's provider id was known; taken out as they are read. */
export async function takeEarlyStatuses(
  tx: Queryable,
  message: { readonly orgId: string; readonly channel: MessageChannel; readonly providerId: string },
): Promise<StatusUpdate[]> {
  const { orgId, channel, providerId } = message;
  const { rows } = await tx.query<EarlyRow>(
    `DELETE FROM early_status WHERE org_id = $1 AND channel = $2 AND provider_id = $3
     RETURNING status, at, error_code AS code, error_text AS reason, failure_next AS next`,
    [orgId, channel, providerId],
  );
  return rows.map(({ status, at, code, reason, next }): StatusUpdate => {
    const base = { channel, providerId, at };
    if (status !== "failed") return { ...base, status };
    const failure = {
      next: next ?? "tell-staff",
      ...(code !== null && { code }),
      ...(reason !== null && { reason }),
    };
    return { ...base, status, failure };
  });
}
