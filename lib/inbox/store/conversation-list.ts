import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { pool } from "@/lib/db/pool";
import type { ConversationChannel } from "../core/message";
import type { AttachmentRow } from "../describe-attachments";
import { ASSIGNEE, HOLDER } from "./conversations";
import { PERSON, type Person } from "./people";
import { VISIBLE } from "./visible";

export type ConversationRow = {
  readonly id: string;
  readonly channel: ConversationChannel;
  readonly customer: string;
  readonly lastMessage: string;
  /** What kind it was: a picture may have no words. */
  readonly lastMessageType: string | null;
  readonly lastMessageAt: Date;
  readonly needsAttention: boolean;
  /** Why, as it was when it came to need it. */
  readonly attentionReason: string | null;
  /** The reason of the latest message that began degraded since the conversation was last done. */
  readonly degradedReason: DegradationReason | null;
  /** The member who holds it: the AI does not answer. */
  readonly holder: Person | null;
  /** The member who looks after it. */
  readonly assignee: Person | null;
  readonly aiPausedUntil: Date | null;
  readonly doneAt: Date | null;
  readonly snoozedUntil: Date | null;
  /** The customer wrote since the reader last looked. */
  readonly unread: boolean;
  /** WhatsApp: when free-form replies end; null where there is no window. */
  readonly windowEndsAt: Date | null;
};

const PREVIEW = 160;

/** A short code or a sender's name is how somebody without a number is told apart; a WhatsApp id says nothing to anybody. */
const CUSTOMER = `coalesce(k.name, k.phone, k.username, CASE WHEN c.channel = 'sms' THEN k.external_id END, 'Unknown')`;

/** The latest message that the thread shows and a person or the AI wrote: canned words say nothing of the conversation. */
const LAST = `SELECT m.body, m.type, m.at FROM message AS m
  WHERE m.org_id = c.org_id AND m.conversation_id = c.id AND m.author <> 'canned' AND ${VISIBLE("m")} ORDER BY m.at DESC, m.id DESC LIMIT 1`;

/** Conversations `c` of an organisation ($1), as the reader ($2) sees them, and `more` of them; conditions follow. */
export const CONVERSATION = (
  more = "",
): string => `SELECT c.id, c.channel, ${CUSTOMER} AS customer, coalesce(left(last.body, ${PREVIEW}), '') AS "lastMessage",
    last.type AS "lastMessageType", coalesce(last.at, c.last_message_at) AS "lastMessageAt", c.needs_attention AS "needsAttention",
    c.attention_reason AS "attentionReason", c.degraded_reason AS "degradedReason", ${PERSON("holder.id")} AS holder,
    ${PERSON("assignee.id")} AS assignee, c.ai_paused_until AS "aiPausedUntil", c.done_at AS "doneAt",
    c.snoozed_until AS "snoozedUntil", c.window_ends_at AS "windowEndsAt",
    coalesce(c.last_inbound_at > coalesce((SELECT r.read_to FROM conversation_read AS r
      WHERE r.org_id = c.org_id AND r.conversation_id = c.id AND r.user_id = $2), '-infinity'), false) AS unread${more}
  FROM conversation AS c
  JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
  LEFT JOIN LATERAL (${LAST}) AS last ON true
  CROSS JOIN LATERAL (SELECT ${HOLDER} AS id) AS holder
  CROSS JOIN LATERAL (SELECT ${ASSIGNEE} AS id) AS assignee
  WHERE c.org_id = $1`;

/** Who reads: what is unread is each member's own. */
export type Reading = { readonly orgId: string; readonly readerId: string };

export type ThreadHead = ConversationRow & {
  readonly phone: string | null;
  readonly optedOut: boolean;
  readonly handOffSummary: string | null;
  /** Up to when the reader has read what was received; null: nothing yet. */
  readonly readerReadTo: Date | null;
};

/** One conversation's own facts; undefined for another organisation's. */
export async function readThreadHead(
  { orgId, readerId }: Reading,
  id: string,
): Promise<ThreadHead | undefined> {
  const { rows } = await pool().query<ThreadHead>(
    `SELECT h.*, k.phone, k.opted_out_at IS NOT NULL AS "optedOut",
            c.hand_off_summary AS "handOffSummary",
            (SELECT r.read_to FROM conversation_read AS r
             WHERE r.org_id = $1 AND r.conversation_id = h.id AND r.user_id = $2) AS "readerReadTo"
     FROM (${CONVERSATION()} AND c.id = $3) AS h
     JOIN conversation AS c ON c.org_id = $1 AND c.id = h.id
     JOIN contact AS k ON k.org_id = $1 AND k.id = c.contact_id`,
    [orgId, readerId, id],
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
  /** The member who wrote it; null for everybody else, and for the garage's own phone. */
  readonly by: Person | null;
  /** WhatsApp: it arrived after the 24-hour window, and nothing was sent in answer to it by itself. */
  readonly late: boolean;
  readonly receivedAt: Date;
} & Pick<AttachmentRow, "files" | "parts">;

/** The files of message `m`; null where nothing is known of any. */
const FILES = `SELECT json_agg(json_build_object('id', f.id, 'kind', f.kind, 'state', f.state, 'problem', f.problem, 'mime', f.mime,
    'bytes', f.bytes, 'width', f.width, 'height', f.height, 'fileName', f.file_name) ORDER BY f.position)
  FROM media AS f WHERE f.org_id = m.org_id AND f.message_id = m.id`;

/** Of a message's parts what its files, its place and its template need. */
const PARTS = `CASE WHEN m.parts ?| '{media,location,captioned,template}' THEN jsonb_build_object('media', m.parts -> 'media', 'echo', m.parts -> 'echo',
    'location', m.parts -> 'location', 'captioned', m.parts -> 'captioned', 'template', m.parts -> 'template') END`;

const LATE = `m.channel = 'whatsapp' AND m.handling IN ('degraded', 'team') AND m.received_at >= m.at + interval '24 hours'
  AND NOT EXISTS (SELECT FROM message AS canned WHERE canned.org_id = m.org_id AND canned.source_key = 'canned:' || m.id)`;

/** The messages that stand last before another one. */
const BEFORE = `(m.at, m.id) < (SELECT b.at, b.id FROM message AS b WHERE b.org_id = $1 AND b.conversation_id = $2 AND b.id = $4)
  AND m.at <= (SELECT b.at FROM message AS b WHERE b.org_id = $1 AND b.conversation_id = $2 AND b.id = $4)`;

export type ThreadPage = {
  readonly limit: number;
  /** The id of the message before which they stand; null: the latest. */
  readonly before: string | null;
};

/** The latest messages of a thread, or the latest before one of them: oldest first. */
export async function readThread(
  orgId: string,
  conversationId: string,
  { limit, before }: ThreadPage,
): Promise<ThreadMessageRow[]> {
  const { rows } = await pool().query<ThreadMessageRow>(
    `SELECT * FROM (
       SELECT m.id, m.author, m.type, m.body, m.at, m.status, m.error_text AS "errorText", m.degraded,
              m.degradation_reason AS "degradationReason", m.revoked_at IS NOT NULL AS revoked,
              m.edited_at IS NOT NULL AS edited, coalesce(m.parts ? 'group', false) AS "inGroup", m.received_at AS "receivedAt",
              ${PERSON("m.staff_user_id")} AS by, ${LATE} AS late,
              ${PARTS} AS parts, CASE WHEN m.type NOT IN ('text', 'location') THEN (${FILES}) END AS files
       FROM message AS m WHERE m.org_id = $1 AND m.conversation_id = $2 AND ${VISIBLE("m")}
         ${before === null ? "" : `AND ${BEFORE}`}
       ORDER BY m.at DESC, m.id DESC LIMIT $3) AS latest ORDER BY at, id`,
    before === null ? [orgId, conversationId, limit] : [orgId, conversationId, limit, before],
  );
  return rows;
}

/** Where one of a conversation's messages stands in it; undefined for any other. */
export async function findMessageTime(
  orgId: string,
  conversationId: string,
  id: string,
): Promise<Date | undefined> {
  const { rows } = await pool().query<{ at: Date }>(
    `SELECT m.at FROM message AS m WHERE m.org_id = $1 AND m.conversation_id = $2 AND m.id = $3`,
    [orgId, conversationId, id],
  );
  return rows[0]?.at;
}
