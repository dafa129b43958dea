import type { Queryable } from "@/lib/db/pool";
import type { Amended } from "../core/amendments";
import type { PhoneMessage } from "../core/message";

/** Stores what the garage typed on its own phone, on its side; false where it was stored before. */
export async function insertPhoneMessage(
  tx: Queryable,
  stored: {
    orgId: string;
    id: string;
    conversationId: string;
    message: PhoneMessage;
    amended: Amended;
    receivedAt: Date;
  },
): Promise<boolean> {
  const { message, amended } = stored;
  const { rowCount } = await tx.query(
    `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, provider_id, identity, type, body, parts, refers_to,
                          edited_at, revoked_at, source_key, status, at, received_at)
     VALUES ($1, $2, $3, $4, 'outbound', 'staff', $5, $6, $7, $8, $9, $10, $11, $12, $13, 'sent', $14, $15) ON CONFLICT DO NOTHING`,
    [
      stored.orgId,
      stored.id,
      stored.conversationId,
      message.channel,
      message.providerId,
      message.identity,
      message.type,
      amended.body,
      message.parts === undefined ? null : JSON.stringify(message.parts),
      message.refersTo ?? null,
      amended.editedAt,
      amended.revokedAt,
      `phone:${message.providerId}`,
      message.at,
      stored.receivedAt,
    ],
  );
  return rowCount === 1;
}
