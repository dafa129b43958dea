import { pool, type Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { QUIET_MS } from "../core/ai-pause";
import type { Amended } from "../core/amendments";
import type { Handling } from "../core/decide-handling";
import { BRAKE_MS } from "../core/loop-brake";
import type { ConversationChannel, CustomerCall, InboundMessage, Json, MessageType } from "../core/message";
import type { LockedConversation } from "./conversations";

/** An inbound message as it is stored. */
export type NewInbound = {
  readonly id: string;
  readonly message: Pick<InboundMessage, "identity" | "providerId" | "type" | "parts" | "refersTo" | "at">;
  readonly amended: Amended;
  readonly handling: Handling;
};

/** How a message's handling stands in its row. */
export const STORED_HANDLING = {
  show: "shown",
  answer: "queued",
  degrade: "degraded",
  team: "team",
} as const;

/** An inbound message as `inbox_keep_messages` takes it. */
export const inboundRow = (
  { id, message, amended, handling }: NewInbound,
  { conversationId, receivedAt }: { readonly conversationId: string; readonly receivedAt: Date },
) => ({
  id,
  conversationId,
  receivedAt,
  providerId: message.providerId,
  identity: message.identity,
  type: message.type,
  body: amended.body,
  parts: message.parts ?? null,
  refersTo: message.refersTo ?? null,
  editedAt: amended.editedAt,
  revokedAt: amended.revokedAt,
  handling: STORED_HANDLING[handling.kind],
  reason: "reason" in handling ? handling.reason : null,
  at: message.at,
});

/** Stores an inbound message, once for its provider's id. */
export async function insertInbound(
  tx: Queryable,
  { orgId, id: conversationId, channel }: LockedConversation,
  inbound: NewInbound,
  receivedAt: Date,
): Promise<void> {
  await tx.query("SELECT inbox_keep_messages($1, $2, $3::jsonb)", [
    orgId,
    channel,
    JSON.stringify([inboundRow(inbound, { conversationId, receivedAt })]),
  ]);
}

/** Which of these provider ids are stored, as messages of either direction. */
export async function listStoredIds(
  orgId: string,
  channel: ConversationChannel,
  providerIds: readonly string[],
  db: Queryable = pool(),
): Promise<Set<string>> {
  const { rows } = await db.query<{ providerId: string }>(
    `SELECT provider_id AS "providerId" FROM message WHERE org_id = $1 AND channel = $2 AND provider_id = ANY ($3::text[])`,
    [orgId, channel, providerIds],
  );
  return new Set(rows.map(({ providerId }) => providerId));
}

/** What was said in a conversation lately, as far as it decides what may be said automatically. */
export type Recent = {
  /** Canned words of the last ten minutes. */
  recentCanned: number;
  /** Whether there were canned words since a person took the conversation over. */
  cannedInHold: boolean;
  /** When the garage's own people last wrote, if that was in the last half hour. */
  teamWroteAt: Date | null;
};

export const NOTHING_RECENT: Readonly<Recent> = { recentCanned: 0, cannedInHold: false, teamWroteAt: null };

/** `Recent` of conversation `c`; $4 and $5 are `recentSince`. */
export const RECENT = `SELECT (count(*) FILTER (WHERE author = 'canned' AND at > $4::timestamptz))::integer AS "recentCanned",
    coalesce(bool_or(author = 'canned' AND at >= c.held_since), false) AS "cannedInHold",
    max(at) FILTER (WHERE author = 'staff' AND at > $5::timestamptz AND status NOT IN ('failed', 'withdrawn')) AS "teamWroteAt"
  FROM message WHERE org_id = c.org_id AND conversation_id = c.id AND direction = 'outbound' AND at > least($5::timestamptz, c.held_since)`;

/** From when on the loop brake counts, and from when on what staff wrote counts. */
export const recentSince = (now: Date) => ({
  brake: new Date(now.getTime() - BRAKE_MS),
  quiet: new Date(now.getTime() - QUIET_MS),
});

/** What decides now whether anything automatic may be said. */
export async function readRecent(
  tx: Queryable,
  { orgId, id, heldSince }: LockedConversation,
  now: Date,
): Promise<Recent> {
  const { brake, quiet } = recentSince(now);
  const { rows } = await tx.query<Recent>(
    `SELECT r.* FROM (SELECT $1::uuid AS org_id, $2::uuid AS id, $3::timestamptz AS held_since) AS c, LATERAL (${RECENT}) AS r`,
    [orgId, id, heldSince, brake, quiet],
  );
  return rows[0] ?? { ...NOTHING_RECENT };
}

export type OutboundAuthor = "ai" | "canned" | "staff";

/** A message of ours before it is stored. */
export type NewOutbound = {
  readonly id: string;
  readonly conversationId: string;
  readonly author: OutboundAuthor;
  readonly body: string;
  /** What caused it: it is stored once. */
  readonly sourceKey: string;
  readonly staffUserId?: string;
  /** The inbound message that it answers, by its provider id. */
  readonly refersTo?: string;
  /** Text, unless it says so. */
  readonly type?: MessageType;
  readonly parts?: Json;
  readonly at: Date;
};

/** A message of ours as `inbox_keep_outbound` takes it. */
export const outboundRow = (outbound: NewOutbound) => ({ ...outbound, type: outbound.type ?? "text" });

/**
 * Stores an outbound message and queues its sending, once for its source key; returns its id, or undefined for a repeat.
 * On the diagnostics channel nothing is sent: the mechanic reads it in the application.
 */
export async function insertOutbound(
  tx: Queryable,
  { orgId, channel, ...outbound }: NewOutbound & { orgId: string; channel: ConversationChannel },
): Promise<string | undefined> {
  const { conversationId, at } = outbound;
  const { rows } = await tx.query<{ id: string }>(
    `WITH m AS (
       SELECT id FROM unnest(inbox_keep_outbound($1, $2, $3::jsonb)) AS stored (id)
     ), c AS (
       UPDATE conversation SET last_message_at = greatest(last_message_at, $5)
       WHERE org_id = $1 AND id = $4 AND EXISTS (SELECT FROM m)
     )
     SELECT id FROM m`,
    [orgId, channel, JSON.stringify([outboundRow(outbound)]), conversationId, at],
  );
  const messageId = rows[0]?.id;
  if (messageId && channel !== "diagnostics")
    await enqueue(tx, "send-message", { orgId, conversationId, messageId });
  return messageId;
}

/** Keeps a call as one line, which its end completes; false where nothing new was said of it. */
export async function keepCall(
  tx: Queryable,
  kept: {
    orgId: string;
    id: string;
    conversationId: string;
    call: CustomerCall;
    body: string;
    receivedAt: Date;
  },
): Promise<boolean> {
  const { call } = kept;
  const { rowCount } = await tx.query(
    `INSERT INTO message AS m (org_id, id, conversation_id, channel, direction, author, provider_id, identity, type, body, parts,
                               handling, at, received_at)
     VALUES ($1, $2, $3, $4, 'inbound', 'customer', $5, $6, 'call', $7, $8, 'shown', $9, $10)
     ON CONFLICT (org_id, channel, provider_id) DO UPDATE SET body = excluded.body, parts = excluded.parts
       WHERE m.type = 'call' AND m.parts ->> 'ended' = 'false' AND excluded.parts ->> 'ended' = 'true'`,
    [
      kept.orgId,
      kept.id,
      kept.conversationId,
      call.channel,
      call.providerId,
      call.identity,
      kept.body,
      JSON.stringify({ ended: call.end !== null, seconds: call.end?.seconds ?? null }),
      call.at,
      kept.receivedAt,
    ],
  );
  return rowCount === 1;
}

/** What an inbound message came to once the AI had been asked, or had not. */
export type Aftermath = "answered" | "handed-off";

/** Records what became of an inbound message that was queued for the AI. */
export async function recordAftermath(
  tx: Queryable,
  orgId: string,
  messageId: string,
  aftermath: Aftermath,
  classification: { intent: string; confidence: number } | null,
): Promise<void> {
  await tx.query(
    `UPDATE message SET handling = $3, intent = coalesce($4, intent), confidence = coalesce($5, confidence)
     WHERE org_id = $1 AND id = $2`,
    [orgId, messageId, aftermath, classification?.intent ?? null, classification?.confidence ?? null],
  );
}
