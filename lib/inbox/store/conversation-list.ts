import { pool } from "@/lib/db/pool";
import type { ConversationChannel } from "../core/message";
import { HOLDER } from "./conversations";
import { VISIBLE } from "./visible";

export type ConversationRow = {
  readonly id: string;
  readonly channel: ConversationChannel;
  readonly customer: string;
  readonly lastMessage: string;
  readonly lastMessageAt: Date;
  readonly needsAttention: boolean;
  /** Why, as it was when it came to need it. */
  readonly attentionReason: string | null;
  /** The user id of the member who holds it. */
  readonly heldBy: string | null;
  readonly heldByName: string | null;
  readonly aiPausedUntil: Date | null;
};

const PREVIEW = 160;

/** A short code or a sender's name is how somebody without a number is told apart; a WhatsApp id says nothing to anybody. */
const CUSTOMER = `coalesce(k.name, k.phone, k.username, CASE WHEN c.channel = 'sms' THEN k.external_id END, 'Unknown')`;

/** The latest message that the thread shows and a person or the AI wrote: canned words say nothing of the conversation. */
const LAST = `SELECT m.body, m.at FROM message AS m
  WHERE m.org_id = c.org_id AND m.conversation_id = c.id AND m.author <> 'canned' AND ${VISIBLE("m")} ORDER BY m.at DESC, m.id DESC LIMIT 1`;

const SELECT = `SELECT c.id, c.channel, ${CUSTOMER} AS customer, coalesce(left(last.body, ${PREVIEW}), '') AS "lastMessage",
    coalesce(last.at, c.last_message_at) AS "lastMessageAt", c.needs_attention AS "needsAttention",
    c.attention_reason AS "attentionReason", holder.id AS "heldBy",
    (SELECT name FROM "user" WHERE id = holder.id) AS "heldByName", c.ai_paused_until AS "aiPausedUntil"
  FROM conversation AS c
  JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
  LEFT JOIN LATERAL (${LAST}) AS last ON true
  CROSS JOIN LATERAL (SELECT ${HOLDER} AS id) AS holder
  WHERE c.org_id = $1`;

/** An organisation's conversations, those that want attention first, then the latest. */
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

/** One conversation's own facts; undefined for another organisation's. */
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
  /** It began without credits, and why. */
  readonly degraded: boolean;
  readonly degradationReason: string | null;
  readonly revoked: boolean;
  readonly edited: boolean;
  /** The customer wrote it in a group. */
  readonly inGroup: boolean;
};

/** The latest messages of a thread, oldest first. */
export async function readThread(
  orgId: string,
  conversationId: string,
  limit: number,
): Promise<ThreadMessageRow[]> {
  const { rows } = await pool().query<ThreadMessageRow>(
    `SELECT * FROM (
       SELECT m.id, m.author, m.type, m.body, m.at, m.status, m.error_text AS "errorText", m.degraded,
              m.degradation_reason AS "degradationReason", m.revoked_at IS NOT NULL AS revoked,
              m.edited_at IS NOT NULL AS edited, coalesce(m.parts ? 'group', false) AS "inGroup"
       FROM message AS m WHERE m.org_id = $1 AND m.conversation_id = $2 AND ${VISIBLE("m")}
       ORDER BY m.at DESC, m.id DESC LIMIT $3) AS latest ORDER BY at, id`,
    [orgId, conversationId, limit],
  );
  return rows;
}
