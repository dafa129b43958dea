import { pool } from "@/lib/db/pool";
import type { StoredState } from "../core/conversation-state";
import type { ConversationChannel } from "../core/message";

export type ContactRow = {
  /** As the channel calls them. */
  readonly name: string | null;
  readonly username: string | null;
  /** E.164 */
  readonly phone: string | null;
  /** WhatsApp's user id. */
  readonly userId: string | null;
  readonly optedOut: boolean;
};

/** Who writes in a conversation; undefined for another organisation's. */
export async function findContactOf(orgId: string, conversationId: string): Promise<ContactRow | undefined> {
  const { rows } = await pool().query<ContactRow>(
    `SELECT k.name, k.username, k.phone, k.bsuid AS "userId", k.opted_out_at IS NOT NULL AS "optedOut"
     FROM conversation AS c JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     WHERE c.org_id = $1 AND c.id = $2`,
    [orgId, conversationId],
  );
  return rows[0];
}

export type KinRow = StoredState & {
  readonly id: string;
  readonly channel: ConversationChannel;
  readonly lastMessageAt: Date;
  readonly phone: string | null;
  readonly userId: string | null;
};

/** Other conversations of the same number or user id, the latest twenty: whether it is the same person is decided elsewhere. */
export async function listAkin(
  orgId: string,
  conversationId: string,
  { phone, userId }: Pick<ContactRow, "phone" | "userId">,
): Promise<KinRow[]> {
  const { rows } = await pool().query<KinRow>(
    `SELECT c.id, c.channel, c.last_message_at AS "lastMessageAt", c.done_at AS "doneAt", c.snoozed_until AS "snoozedUntil",
            k.phone, k.bsuid AS "userId"
     FROM (SELECT id, phone, bsuid FROM contact WHERE org_id = $1 AND phone = $3
           UNION SELECT id, phone, bsuid FROM contact WHERE org_id = $1 AND channel = 'whatsapp' AND bsuid = $4) AS k
     JOIN conversation AS c ON c.org_id = $1 AND c.contact_id = k.id
     WHERE c.id <> $2 ORDER BY c.last_message_at DESC, c.id LIMIT 20`,
    [orgId, conversationId, phone, userId],
  );
  return rows;
}
