import { rolesWith } from "@/lib/auth/permissions";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { StoredState } from "../core/conversation-state";
import type { ConversationChannel } from "../core/message";
import type { News } from "../core/news";
import type { WrittenTo } from "../core/written-to";

export type LockedConversation = WrittenTo &
  StoredState & {
    readonly orgId: string;
    readonly id: string;
    readonly contactId: string;
    readonly channel: ConversationChannel;
    /** The member who holds it. */
    readonly heldBy: string | null;
    readonly heldSince: Date | null;
    readonly aiPausedUntil: Date | null;
    readonly teamAt: Date | null;
  };

/** Whether user `id` works in the inbox of garage `orgId`, both as SQL. */
export const WORKS_HERE = (orgId: string, id: string): string =>
  `EXISTS (SELECT FROM member AS n WHERE n.organization_id = ${orgId} AND n.user_id = ${id}
     AND n.role IN (${rolesWith("messages.send").map((role) => `'${role}'`)}))`;

const unlessLeft = (column: "held_by" | "assigned_to") =>
  `(CASE WHEN EXISTS (SELECT FROM "user" AS u WHERE u.id = c.${column}
    AND NOT ${WORKS_HERE("c.org_id", "u.id")}) THEN NULL ELSE c.${column} END)`;

/** The member who holds conversation `c`, unless they have left the garage or its inbox. */
export const HOLDER = unlessLeft("held_by");

/** The member who looks after conversation `c`, under the same condition. */
export const ASSIGNEE = unlessLeft("assigned_to");

/** A conversation `c` as `LockedConversation` has it. */
export const LOCKED = `c.org_id AS "orgId", c.id, c.contact_id AS "contactId", c.channel, c.identity, c.identity_at AS "identityAt",
  ${HOLDER} AS "heldBy", c.held_since AS "heldSince", c.ai_paused_until AS "aiPausedUntil", c.team_at AS "teamAt",
  c.window_ends_at AS "windowEndsAt", c.done_at AS "doneAt", c.snoozed_until AS "snoozedUntil"`;

/** The contact's conversation, made where there is none, and locked. `isNew`: nothing was said in it before. */
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
): Promise<LockedConversation & { readonly isNew: boolean }> {
  const { orgId, contactId } = conversation;
  const known = await lockOf(tx, orgId, contactId);
  if (known) return { ...known, isNew: false };
  const { rows } = await tx.query<LockedConversation>(
    `INSERT INTO conversation AS c (org_id, id, contact_id, channel, identity, last_message_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (org_id, contact_id) DO NOTHING RETURNING ${LOCKED}`,
    [orgId, conversation.newId, contactId, conversation.channel, conversation.identity, conversation.at],
  );
  if (rows[0]) return { ...rows[0], isNew: true };
  const made = await lockOf(tx, orgId, contactId);
  if (!made) throw new Error("a conversation could be neither made nor found");
  return { ...made, isNew: false };
}

async function lockOf(
  tx: Queryable,
  orgId: string,
  contactId: string,
): Promise<LockedConversation | undefined> {
  const { rows } = await tx.query<LockedConversation>(
    `SELECT ${LOCKED} FROM conversation AS c WHERE c.org_id = $1 AND c.contact_id = $2 FOR UPDATE OF c`,
    [orgId, contactId],
  );
  return rows[0];
}

/** Locks a conversation of this organisation; another's is not found. */
export async function lockConversation(
  tx: Queryable,
  orgId: string,
  id: string,
): Promise<LockedConversation> {
  const { rows } = await tx.query<LockedConversation>(
    `SELECT ${LOCKED} FROM conversation AS c WHERE c.org_id = $1 AND c.id = $2 FOR UPDATE OF c`,
    [orgId, id],
  );
  if (!rows[0]) throw new AppError("not_found", "There is no such conversation.");
  return rows[0];
}

/**
 * What arriving messages change: the time of the last one never goes back, attention never gets less, and what a person should
 * read reopens what was done or set aside.
 */
export async function updateConversation(
  tx: Queryable,
  { orgId, id }: LockedConversation,
  change: WrittenTo & News & { readonly lastMessageAt: Date | null; readonly attention: string | null },
): Promise<void> {
  const {
    identity,
    identityAt,
    windowEndsAt,
    lastMessageAt,
    attention,
    inboundAt,
    degradedReason,
    reopening,
  } = change;
  const row = { id, identity, identityAt, windowEndsAt, lastMessageAt, attention };
  await tx.query("SELECT inbox_move_conversations($1, $2::jsonb)", [
    orgId,
    JSON.stringify([{ ...row, inboundAt, degradedReason, reopening }]),
  ]);
}

/** A person has the conversation from now on: it is open, and nothing in it waits for attention any more. */
export async function holdConversation(
  tx: Queryable,
  holder: { orgId: string; id: string; userId: string; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE conversation SET held_since = CASE WHEN held_by = $3 THEN held_since ELSE $4 END, held_by = $3, team_at = $4,
       needs_attention = false, attention_reason = NULL, done_at = NULL
     WHERE org_id = $1 AND id = $2`,
    [holder.orgId, holder.id, holder.userId, holder.at],
  );
}

/** Nobody holds the conversation any more; `attention`: what in it still waits for a person. */
export async function releaseConversation(
  tx: Queryable,
  release: { orgId: string; id: string; attention: string | null; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE conversation SET held_by = NULL, held_since = NULL, ai_paused_until = NULL, team_at = $4, hand_off_summary = NULL,
       needs_attention = $3::text IS NOT NULL, attention_reason = $3
     WHERE org_id = $1 AND id = $2`,
    [release.orgId, release.id, release.attention, release.at],
  );
}

/** The garage wrote from its own phone: the AI is paused until then, and what came before is answered. */
export async function pauseAi(
  tx: Queryable,
  pause: { orgId: string; id: string; until: Date; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE conversation AS c SET ai_paused_until = greatest(ai_paused_until, $3), team_at = greatest(team_at, $4),
       last_message_at = greatest(last_message_at, $4),
       needs_attention = needs_attention AND later.unanswered,
       attention_reason = CASE WHEN later.unanswered THEN attention_reason END
     FROM (SELECT EXISTS (SELECT FROM message AS m WHERE m.org_id = $1 AND m.conversation_id = $2
                            AND m.direction = 'inbound' AND m.at > $4) AS unanswered) AS later
     WHERE c.org_id = $1 AND c.id = $2`,
    [pause.orgId, pause.id, pause.until, pause.at],
  );
}

/** Flags a conversation for staff, with the AI's summary where it wrote one: it is open then. */
export async function flagConversation(
  tx: Queryable,
  flag: { orgId: string; id: string; reason: string; summary: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE conversation SET needs_attention = true, attention_reason = $3, hand_off_summary = coalesce($4, hand_off_summary),
       done_at = NULL, snoozed_until = NULL
     WHERE org_id = $1 AND id = $2`,
    [flag.orgId, flag.id, flag.reason, flag.summary],
  );
}

/** The provider says that the window was closed at that moment; a customer who wrote since has opened it again. */
export async function closeWindow(
  tx: Queryable,
  closed: { orgId: string; id: string; identity: string | null; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE conversation SET window_ends_at = least(window_ends_at, $4)
     WHERE org_id = $1 AND id = $2 AND identity = coalesce($3, identity) AND coalesce(identity_at, $4) <= $4`,
    [closed.orgId, closed.id, closed.identity, closed.at],
  );
}

/** The conversation of an inbound message. */
export async function findConversationOf(
  tx: Queryable,
  orgId: string,
  channel: ConversationChannel,
  providerId: string,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT conversation_id AS id FROM message WHERE org_id = $1 AND channel = $2 AND provider_id = $3`,
    [orgId, channel, providerId],
  );
  return rows[0]?.id;
}

/** Leaves an inbound message to people; false where it has had an answer. */
export async function leaveUnanswered(
  tx: Queryable,
  orgId: string,
  channel: ConversationChannel,
  providerId: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE message AS m SET handling = 'handed-off'
     WHERE m.org_id = $1 AND m.channel = $2 AND m.provider_id = $3
       AND NOT EXISTS (SELECT FROM message AS a WHERE a.org_id = m.org_id AND a.source_key = 'answer:' || m.id)`,
    [orgId, channel, providerId],
  );
  return rowCount === 1;
}
