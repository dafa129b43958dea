import { pool, type Queryable } from "@/lib/db/pool";
import type { StatusUpdate } from "@/lib/inbox/core/message";

/** Applies a status to the message it names, by the provider's id or our own; returns the conversation, if there is one. */
export async function applyStatus(
  orgId: string,
  update: StatusUpdate,
  db: Queryable = pool(),
): Promise<string | undefined> {
  const { rows } = await db.query<{ conversationId: string }>(
    `UPDATE message SET
       provider_id = coalesce(provider_id, $3),
       sent_at = CASE WHEN $5 = 'sent' THEN least(sent_at, $6) ELSE sent_at END,
       delivered_at = CASE WHEN $5 = 'delivered' THEN least(delivered_at, $6) ELSE delivered_at END,
       read_at = CASE WHEN $5 = 'read' THEN least(read_at, $6) ELSE read_at END,
       failed_at = CASE WHEN $5 = 'failed' THEN least(failed_at, $6) ELSE failed_at END,
       error_code = CASE WHEN $5 = 'failed' THEN coalesce($7, error_code) ELSE error_code END,
       error_text = CASE WHEN $5 = 'failed' THEN coalesce($8, error_text) ELSE error_text END,
       -- read > delivered > failed > sent: a failure after delivery to another device changes nothing.
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
      update.errorCode ?? null,
      update.errorText ?? null,
    ],
  );
  return rows[0]?.conversationId;
}

/** Keeps a status whose message has no provider id yet. */
export async function keepEarlyStatus(orgId: string, update: StatusUpdate): Promise<void> {
  await pool().query(
    `INSERT INTO early_status (org_id, channel, provider_id, status, at, error_code, error_text)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      orgId,
      update.channel,
      update.providerId,
      update.status,
      update.at,
      update.errorCode ?? null,
      update.errorText ?? null,
    ],
  );
}

/** The statuses that came before a message's provider id, oldest rank first; taken out as they are read. */
export async function takeEarlyStatuses(
  tx: Queryable,
  message: { orgId: string; channel: StatusUpdate["channel"]; identity: string; providerId: string },
): Promise<StatusUpdate[]> {
  const { rows } = await tx.query<{
    status: StatusUpdate["status"];
    at: Date;
    errorCode: number | null;
    errorText: string | null;
  }>(
    `DELETE FROM early_status WHERE org_id = $1 AND channel = $2 AND provider_id = $3
     RETURNING status, at, error_code AS "errorCode", error_text AS "errorText"`,
    [message.orgId, message.channel, message.providerId],
  );
  return rows.map(({ errorCode, errorText, ...row }) => ({
    ...row,
    channel: message.channel,
    identity: message.identity,
    providerId: message.providerId,
    ...(errorCode === null ? {} : { errorCode }),
    ...(errorText === null ? {} : { errorText }),
  }));
}
