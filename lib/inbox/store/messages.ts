import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { pool, type Queryable } from "@/lib/db/pool";
import type { ConversationChannel, InboundMessage } from "@/lib/inbox/core/message";
import { enqueue } from "@/lib/queue/enqueue";

/** Stores an inbound message; false where its provider id was stored before. */
export async function insertInbound(
  tx: Queryable,
  inbound: {
    orgId: string;
    id: string;
    conversationId: string;
    message: Omit<InboundMessage, "channel"> & { channel: ConversationChannel };
    degraded: DegradationReason | null;
    receivedAt: Date;
  },
): Promise<boolean> {
  const { message } = inbound;
  const { rowCount } = await tx.query(
    `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, provider_id, type, body, parts, refers_to,
                          degraded, degradation_reason, at, received_at)
     VALUES ($1, $2, $3, $4, 'inbound', 'customer', $5, $6, $7, $8, $9, $10::text IS NOT NULL, $10, $11, $12)
     ON CONFLICT (org_id, channel, provider_id) DO NOTHING`,
    [
      inbound.orgId,
      inbound.id,
      inbound.conversationId,
      message.channel,
      message.providerId,
      message.type,
      message.body,
      message.parts === undefined ? null : JSON.stringify(message.parts),
      message.refersTo ?? null,
      inbound.degraded,
      message.at,
      inbound.receivedAt,
    ],
  );
  return rowCount === 1;
}

/** Which of these provider ids are stored, as messages of either direction. */
export async function listStoredIds(
  orgId: string,
  channel: ConversationChannel,
  providerIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await pool().query<{ providerId: string }>(
    `SELECT provider_id AS "providerId" FROM message WHERE org_id = $1 AND channel = $2 AND provider_id = ANY ($3::text[])`,
    [orgId, channel, providerIds],
  );
  return new Set(rows.map(({ providerId }) => providerId));
}

/** Whether a provider's message is stored already. */
export async function isStored(
  tx: Queryable,
  orgId: string,
  channel: ConversationChannel,
  providerId: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT FROM message WHERE org_id = $1 AND channel = $2 AND provider_id = $3`,
    [orgId, channel, providerId],
  );
  return rowCount === 1;
}

/** The customer edited or withdrew a message of theirs: what staff see follows. */
export async function applyToTarget(tx: Queryable, orgId: string, message: InboundMessage): Promise<void> {
  if (message.refersTo === undefined) return;
  if (message.type === "edit") {
    await tx.query(
      `UPDATE message SET body = $4, edited_at = $5 WHERE org_id = $1 AND channel = $2 AND provider_id = $3 AND author = 'customer'`,
      [orgId, message.channel, message.refersTo, message.body, message.at],
    );
  }
  if (message.type === "revoke") {
    await tx.query(
      `UPDATE message SET revoked_at = $4 WHERE org_id = $1 AND channel = $2 AND provider_id = $3 AND author = 'customer'`,
      [orgId, message.channel, message.refersTo, message.at],
    );
  }
}

/** Canned replies in a conversation since a moment: the loop guard's count. */
export async function countCannedSince(
  tx: Queryable,
  orgId: string,
  conversationId: string,
  since: Date,
): Promise<number> {
  const { rows } = await tx.query<{ count: bigint }>(
    `SELECT count(*) FROM message WHERE org_id = $1 AND conversation_id = $2 AND author = 'canned' AND at > $3`,
    [orgId, conversationId, since],
  );
  return Number(rows[0]?.count ?? 0);
}

export type OutboundAuthor = "ai" | "canned" | "staff";

/**
 * Stores an outbound message and queues its sending, once for its source key; returns its id, or undefined for a repeat.
 * On the diagnostics channel nothing is sent: the mechanic reads it in the application.
 */
export async function insertOutbound(
  tx: Queryable,
  outbound: {
    orgId: string;
    id: string;
    conversationId: string;
    channel: ConversationChannel;
    author: OutboundAuthor;
    body: string;
    sourceKey: string;
    staffUserId: string | null;
    at: Date;
  },
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `WITH m AS (
       INSERT INTO message (org_id, id, conversation_id, channel, direction, author, type, body, source_key, staff_user_id, status, at, received_at)
       VALUES ($1, $2, $3, $4, 'outbound', $5, 'text', $6, $7, $8,
               CASE WHEN $4::channel = 'diagnostics' THEN 'delivered'::delivery_status ELSE 'queued'::delivery_status END, $9, $9)
       ON CONFLICT (org_id, source_key) DO NOTHING RETURNING id
     ), c AS (
       UPDATE conversation SET last_message_at = greatest(last_message_at, $9)
       WHERE org_id = $1 AND id = $3 AND EXISTS (SELECT FROM m)
     )
     SELECT id FROM m`,
    [
      outbound.orgId,
      outbound.id,
      outbound.conversationId,
      outbound.channel,
      outbound.author,
      outbound.body,
      outbound.sourceKey,
      outbound.staffUserId,
      outbound.at,
    ],
  );
  const messageId = rows[0]?.id;
  const { orgId, conversationId } = outbound;
  if (messageId && outbound.channel !== "diagnostics")
    await enqueue(tx, "send-message", { orgId, conversationId, messageId });
  return messageId;
}

export async function recordIntent(
  tx: Queryable,
  orgId: string,
  messageId: string,
  { intent, confidence }: { intent: string; confidence: number },
): Promise<void> {
  await tx.query(`UPDATE message SET intent = $3, confidence = $4 WHERE org_id = $1 AND id = $2`, [
    orgId,
    messageId,
    intent,
    confidence,
  ]);
}
