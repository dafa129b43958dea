import { pool } from "@/lib/db/pool";
import { newId } from "@/lib/shared/ids";

type Given = {
  readonly channel?: "whatsapp" | "sms" | "diagnostics";
  readonly name?: string;
  readonly phone?: string;
  /** WhatsApp's, of the customer. */
  readonly userId?: string;
  /** Of the customer, in order. */
  readonly says?: readonly string[];
  readonly at?: Date;
  readonly attention?: string;
  readonly reason?: string;
  readonly doneAt?: Date;
  readonly snoozedUntil?: Date;
  readonly assignedTo?: string;
  readonly heldBy?: string;
};

/** A stored conversation with what the customer has written; answers its id. */
export async function givenConversation(orgId: string, given: Given = {}): Promise<string> {
  const { channel = "sms", name = null, says = ["Hello"], at = new Date() } = given;
  const [id, contactId] = [newId(), newId()];
  await pool().query(
    `INSERT INTO contact (org_id, id, channel, external_id, phone, bsuid, name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      orgId,
      contactId,
      channel,
      given.userId ?? given.phone ?? contactId,
      given.phone ?? null,
      given.userId ?? null,
      name,
      at,
    ],
  );
  await pool().query(
    `INSERT INTO conversation (org_id, id, contact_id, channel, identity, last_message_at, last_inbound_at, created_at, needs_attention,
                               attention_reason, degraded_reason, done_at, snoozed_until, assigned_to, held_by, held_since)
     VALUES ($1, $2, $3, $4, '+441134960000', $5, $5, $5, $6::text IS NOT NULL, $6, $7, $8, $9, $10, $11, CASE WHEN $11::uuid IS NOT NULL THEN $5::timestamptz END)`,
    [
      orgId,
      id,
      contactId,
      channel,
      at,
      given.attention ?? null,
      given.reason ?? null,
      given.doneAt ?? null,
      given.snoozedUntil ?? null,
      given.assignedTo ?? null,
      given.heldBy ?? null,
    ],
  );
  for (const body of says) await givenWords(orgId, id, body, at);
  return id;
}

/** A customer's message of a stored conversation, which changes nothing else of it; answers its id. */
export async function givenWords(orgId: string, conversationId: string, body: string, at = new Date()) {
  const id = newId();
  await pool().query(
    `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, provider_id, type, body, at, received_at)
     SELECT $1, $2, $3, channel, 'inbound', 'customer', $4, 'text', $5, $6, $6 FROM conversation WHERE org_id = $1 AND id = $3`,
    [orgId, id, conversationId, `test.${id}`, body, at],
  );
  return id;
}
