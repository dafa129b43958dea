import { pool } from "@/lib/db/pool";
import type { SendOutcome, StatusUpdate } from "../core/message";

type FailureNext = Extract<SendOutcome, { kind: "failed" }>["next"];

/**
 * What follows from a failed status, once a message and before it is recorded as failed: staff are told, WhatsApp's window
 * closes as of then, or the customer counts as opted out. Nothing for a message that failed or arrived before.
 * The contact is locked first, as an arriving message does.
 */
export async function followFailure(
  orgId: string,
  update: StatusUpdate,
  next: FailureNext,
  consentId: string,
): Promise<void> {
  await pool().query(
    `WITH m AS (
       SELECT c.id, c.contact_id FROM message AS m JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
       WHERE m.org_id = $1 AND m.channel = $2 AND m.direction = 'outbound' AND (m.provider_id = $3 OR m.id = $4)
         AND m.status NOT IN ('failed', 'delivered', 'read') LIMIT 1
     ), k AS MATERIALIZED (
       SELECT k.id, k.opted_out_at FROM contact AS k JOIN m ON k.id = m.contact_id WHERE k.org_id = $1 FOR UPDATE OF k
     ), c AS (
       UPDATE conversation AS c SET needs_attention = true, attention_reason = 'not-delivered',
         window_ends_at = CASE WHEN $5 = 'close-window' THEN least(c.window_ends_at, $6) ELSE c.window_ends_at END
       FROM k WHERE c.org_id = $1 AND c.contact_id = k.id
     ), o AS (
       UPDATE contact SET opted_out_at = $6 FROM k
       WHERE contact.org_id = $1 AND contact.id = k.id AND k.opted_out_at IS NULL AND $5 = 'opted-out' RETURNING contact.id
     )
     INSERT INTO consent_record (org_id, id, contact_id, kind, source, at)
     SELECT $1, $7, o.id, 'opt_out', 'provider-error', $6 FROM o`,
    [orgId, update.channel, update.providerId, update.messageId ?? null, next, update.at, consentId],
  );
}
