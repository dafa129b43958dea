import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { pool, type Queryable } from "@/lib/db/pool";
import type { ConversationChannel } from "@/lib/inbox/core/message";
import { AppError } from "@/lib/shared/errors";

export type LockedConversation = {
  readonly orgId: string;
  readonly id: string;
  readonly contactId: string;
  readonly channel: ConversationChannel;
  readonly identity: string;
  readonly heldBy: string | null;
  readonly needsAttention: boolean;
  readonly degraded: boolean;
  readonly windowEndsAt: Date | null;
};

const COLUMNS = `org_id AS "orgId", id, contact_id AS "contactId", channel, identity, held_by AS "heldBy",
  needs_attention AS "needsAttention", degraded, window_ends_at AS "windowEndsAt"`;

/** The contact's conversation, made where there is none, and locked. */
export async function lockContactConversation(
  tx: Queryable,
  conversation: {
    orgId: string;
    newId: string;
    contactId: string;
    channel: ConversationChannel;
    identity: string;
    at: Date;
  },
): Promise<LockedConversation> {
  const { orgId, contactId } = conversation;
  await tx.query(
    `INSERT INTO conversation (org_id, id, contact_id, channel, identity, last_message_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (org_id, contact_id) DO NOTHING`,
    [orgId, conversation.newId, contactId, conversation.channel, conversation.identity, conversation.at],
  );
  const { rows } = await tx.query<LockedConversation>(
    `SELECT ${COLUMNS} FROM conversation WHERE org_id = $1 AND contact_id = $2 FOR UPDATE`,
    [orgId, contactId],
  );
  if (!rows[0]) throw new Error("a conversation could be neither made nor found");
  return rows[0];
}

/** Locks a conversation of this organisation; another's is not found. */
export async function lockConversation(
  tx: Queryable,
  orgId: string,
  id: string,
): Promise<LockedConversation> {
  const { rows } = await tx.query<LockedConversation>(
    `SELECT ${COLUMNS} FROM conversation WHERE org_id = $1 AND id = $2 FOR UPDATE`,
    [orgId, id],
  );
  if (!rows[0]) throw new AppError("not_found", "There is no such conversation.");
  return rows[0];
}

/** What an arriving message changes: never back in time, and never less attention than before. */
export async function touchConversation(
  tx: Queryable,
  touch: {
    orgId: string;
    id: string;
    identity: string;
    at: Date;
    windowEndsAt: Date | null;
    attention: string | null;
    degraded: DegradationReason | null;
  },
): Promise<void> {
  await tx.query(
    `UPDATE conversation SET identity = $3, last_message_at = greatest(last_message_at, $4),
       window_ends_at = greatest(window_ends_at, $5),
       needs_attention = needs_attention OR $6::text IS NOT NULL, attention_reason = coalesce($6, attention_reason),
       degraded = degraded OR $7::text IS NOT NULL, degradation_reason = coalesce($7, degradation_reason)
     WHERE org_id = $1 AND id = $2`,
    [touch.orgId, touch.id, touch.identity, touch.at, touch.windowEndsAt, touch.attention, touch.degraded],
  );
}

/** A person holds the conversation from now on, or hands it back (null): then nothing waits for attention any more. */
export async function setHolder(
  tx: Queryable,
  holder: { orgId: string; id: string; userId: string | null; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE conversation SET held_by = $3, held_since = CASE WHEN $3::uuid IS NULL THEN NULL ELSE $4::timestamptz END,
       needs_attention = false, attention_reason = NULL,
       hand_off_summary = CASE WHEN $3::uuid IS NULL THEN NULL ELSE hand_off_summary END,
       degraded = degraded AND $3::uuid IS NOT NULL,
       degradation_reason = CASE WHEN $3::uuid IS NULL THEN NULL ELSE degradation_reason END
     WHERE org_id = $1 AND id = $2`,
    [holder.orgId, holder.id, holder.userId, holder.at],
  );
}

/** Flags a conversation for staff, with the AI's summary where it wrote one. */
export async function flagConversation(
  tx: Queryable,
  flag: { orgId: string; id: string; reason: string; summary: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE conversation SET needs_attention = true, attention_reason = $3, hand_off_summary = coalesce($4, hand_off_summary)
     WHERE org_id = $1 AND id = $2`,
    [flag.orgId, flag.id, flag.reason, flag.summary],
  );
}

/** The provider says that the window is closed, whatever we had computed. */
export async function closeWindow(tx: Queryable, orgId: string, id: string, at: Date): Promise<void> {
  await tx.query(
    `UPDATE conversation SET window_ends_at = least(window_ends_at, $3) WHERE org_id = $1 AND id = $2`,
    [orgId, id, at],
  );
}

/** Flags the conversation of an inbound message that has had no answer; undefined where it has one. */
export async function flagByProviderId(
  orgId: string,
  channel: ConversationChannel,
  providerId: string,
  reason: string,
): Promise<string | undefined> {
  const { rows } = await pool().query<{ id: string }>(
    `UPDATE conversation AS c SET needs_attention = true, attention_reason = $4
     FROM message AS m
     WHERE m.org_id = $1 AND m.channel = $2 AND m.provider_id = $3 AND c.org_id = m.org_id AND c.id = m.conversation_id
       AND NOT EXISTS (SELECT FROM message AS a WHERE a.org_id = m.org_id AND a.source_key = 'answer:' || m.id)
     RETURNING c.id`,
    [orgId, channel, providerId, reason],
  );
  return rows[0]?.id;
}
