import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { pool } from "@/lib/db/pool";
import type { ConversationChannel } from "@/lib/inbox/core/message";

export type ConversationRow = {
  readonly id: string;
  readonly channel: ConversationChannel;
  readonly customer: string;
  readonly lastMessage: string;
  readonly lastMessageAt: Date;
  readonly degraded: boolean;
  readonly degradationReason: DegradationReason | null;
  readonly needsAttention: boolean;
  readonly attentionReason: string | null;
  readonly heldBy: string | null;
};

const PREVIEW = 160;

const SELECT = `SELECT c.id, c.channel, coalesce(k.name, k.phone, k.username, 'Unknown') AS customer, c.last_message_at AS "lastMessageAt",
    c.degraded, c.degradation_reason AS "degradationReason", c.needs_attention AS "needsAttention",
    c.attention_reason AS "attentionReason", u.name AS "heldBy",
    coalesce((SELECT left(m.body, ${PREVIEW}) FROM message AS m WHERE m.org_id = c.org_id AND m.conversation_id = c.id
              ORDER BY m.at DESC, m.id DESC LIMIT 1), '') AS "lastMessage"
  FROM conversation AS c JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
  LEFT JOIN "user" AS u ON u.id = c.held_by WHERE c.org_id = $1`;

export async function conversationsOf(orgId: string, limit: number): Promise<ConversationRow[]> {
  const { rows } = await pool().query<ConversationRow>(
    `${SELECT} ORDER BY c.needs_attention DESC, c.last_message_at DESC LIMIT $2`,
    [orgId, limit],
  );
  return rows;
}

export type ThreadHead = ConversationRow & {
  readonly phone: string | null;
  readonly optedOut: boolean;
  readonly windowEndsAt: Date | null;
  readonly handOffSummary: string | null;
};

export async function readThreadHead(orgId: string, id: string): Promise<ThreadHead | undefined> {
  const { rows } = await pool().query<ThreadHead>(
    `SELECT h.*, k.phone, k.opted_out_at IS NOT NULL AS "optedOut", c.window_ends_at AS "windowEndsAt",
            c.hand_off_summary AS "handOffSummary"
     FROM (${SELECT} AND c.id = $2) AS h
     JOIN conversation AS c ON c.org_id = $1 AND c.id = h.id
     JOIN contact AS k ON k.org_id = $1 AND k.id = c.contact_id`,
    [orgId, id],
  );
  return rows[0];
}

export type ThreadMessageRow = {
  readonly id: string;
  readonly author: "customer" | "ai" | "canned" | "staff";
  readonly type: string;
  readonly body: string;
  readonly at: Date;
  readonly status: string | null;
  readonly errorText: string | null;
  readonly degraded: boolean;
  readonly revoked: boolean;
  readonly edited: boolean;
};

/** The latest messages of a thread, oldest first; what was withdrawn unsent is not part of it. */
export async function readThread(
  orgId: string,
  conversationId: string,
  limit: number,
): Promise<ThreadMessageRow[]> {
  const { rows } = await pool().query<ThreadMessageRow>(
    `SELECT * FROM (
       SELECT id, author, type, body, at, status, error_text AS "errorText", degraded,
              revoked_at IS NOT NULL AS revoked, edited_at IS NOT NULL AS edited
       FROM message WHERE org_id = $1 AND conversation_id = $2 AND status IS DISTINCT FROM 'withdrawn'
       ORDER BY at DESC, id DESC LIMIT $3) AS latest ORDER BY at, id`,
    [orgId, conversationId, limit],
  );
  return rows;
}
