import { pool, type Queryable } from "@/lib/db/pool";
import type { SendRefusal } from "../core/decide-send";
import type { MessageChannel, OutboundMessage, StatusUpdate } from "../core/message";
import type { TemplateSend } from "../core/template";
import type { OutboundAuthor } from "./messages";
import { VISIBLE } from "./visible";

export type StoredOutbound = {
  readonly orgId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly status: string;
  readonly author: OutboundAuthor;
  readonly channel: MessageChannel;
  readonly type: string;
  /** Which of our numbers it left from; null before it was sent. */
  readonly identity: string | null;
  /** What caused it: `answer:` and the id of the message that it answers, a browser's own key … */
  readonly sourceKey: string;
  readonly body: string;
  /** Of a template: what is sent in the place of `body`. */
  readonly template: TemplateSend | null;
  readonly optedOut: boolean;
  readonly to: OutboundMessage["to"];
};

type Row = Omit<StoredOutbound, "to"> & {
  externalId: string;
  waId: string | null;
  bsuid: string | null;
  phone: string | null;
  /** Another contact has the same number. */
  shared: boolean;
};

const SELECT = `SELECT m.org_id AS "orgId", m.id, m.conversation_id AS "conversationId", c.contact_id AS "contactId", m.status, m.author,
    m.channel, m.type, m.identity, m.source_key AS "sourceKey", m.body,
    m.parts -> 'template' AS template, k.opted_out_at IS NOT NULL AS "optedOut", k.external_id AS "externalId", k.wa_id AS "waId", k.bsuid, k.phone,
    EXISTS (SELECT FROM contact AS o WHERE o.org_id = k.org_id AND o.channel = k.channel AND o.wa_id = k.wa_id AND o.id <> k.id) AS shared
  FROM message AS m
  JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
  JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
  WHERE m.org_id = $1 AND m.direction = 'outbound'`;

function toOutbound(row: Row | undefined): StoredOutbound | undefined {
  if (!row) return undefined;
  const { externalId, waId, bsuid, phone, shared, ...message } = row;
  // A number that two people had reaches the one who has it now, so a contact with a user id is written to by that id.
  const byNumber = shared && bsuid ? {} : { ...(waId && { waId }), ...(phone && { phone }) };
  return { ...message, to: { externalId, ...(bsuid && { bsuid }), ...byNumber } };
}

/** A message of ours by our own id. */
export async function findOutbound(
  tx: Queryable,
  orgId: string,
  messageId: string,
): Promise<StoredOutbound | undefined> {
  const { rows } = await tx.query<Row>(`${SELECT} AND m.id = $2`, [orgId, messageId]);
  return toOutbound(rows[0]);
}

/** The message of ours that a status names, by the provider's id or our own. */
export async function findOutboundFor(
  tx: Queryable,
  orgId: string,
  { channel, providerId, messageId }: StatusUpdate,
): Promise<StoredOutbound | undefined> {
  const { rows } = await tx.query<Row>(`${SELECT} AND m.channel = $2 AND (m.provider_id = $3 OR m.id = $4)`, [
    orgId,
    channel,
    providerId,
    messageId ?? null,
  ]);
  return toOutbound(rows[0]);
}

/** The organisation of a message of ours where only its id is known: asked of every garage with a number for texts. */
export async function findOwner(messageId: string): Promise<string | undefined> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT m.org_id AS "orgId" FROM message AS m
     WHERE m.org_id IN (SELECT n.org_id FROM channel_number AS n WHERE n.channel = 'sms') AND m.id = $1 AND m.direction = 'outbound'`,
    [messageId],
  );
  return rows[0]?.orgId;
}

/** Locks a message of ours, and says how far it has come. */
export async function lockOutbound(
  tx: Queryable,
  orgId: string,
  messageId: string,
): Promise<{ status: string }> {
  const { rows } = await tx.query<{ status: string }>(
    `SELECT status FROM message WHERE org_id = $1 AND id = $2 AND direction = 'outbound' FOR UPDATE`,
    [orgId, messageId],
  );
  if (!rows[0]) throw new Error("a message of ours has gone");
  return rows[0];
}

/** Being sent, from now on: if its process dies, nobody knows whether it went. */
export async function markSending(
  tx: Queryable,
  orgId: string,
  messageId: string,
  /** Which of our numbers it leaves from. */
  identity: string,
): Promise<void> {
  await tx.query(`UPDATE message SET status = 'sending', identity = $3 WHERE org_id = $1 AND id = $2`, [
    orgId,
    messageId,
    identity,
  ]);
}

/**
 * Not sent on purpose: what was automatic is withdrawn without notice; a person's words have failed, and say why. What was
 * withdrawn is no part of the conversation, whose last message is another one then.
 */
export async function refuseSend(
  tx: Queryable,
  { orgId, id, conversationId }: StoredOutbound,
  reason: SendRefusal,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE message SET error_text = $3, failed_at = $4,
       status = CASE WHEN author = 'staff' THEN 'failed'::delivery_status ELSE 'withdrawn'::delivery_status END
     WHERE org_id = $1 AND id = $2`,
    [orgId, id, reason, at],
  );
  await tx.query(
    `UPDATE conversation AS c SET last_message_at = coalesce((
       SELECT max(m.at) FROM message AS m WHERE m.org_id = c.org_id AND m.conversation_id = c.id AND ${VISIBLE("m")}), last_message_at)
     WHERE c.org_id = $1 AND c.id = $2`,
    [orgId, conversationId],
  );
}

/** Back into the queue: the provider did not take it this time. */
export async function markQueued(tx: Queryable, orgId: string, messageId: string): Promise<void> {
  await tx.query(
    `UPDATE message SET status = 'queued' WHERE org_id = $1 AND id = $2 AND status = 'sending'`,
    [orgId, messageId],
  );
}

/** The provider has taken it. */
export async function markSent(
  tx: Queryable,
  sent: { orgId: string; messageId: string; providerId: string; segments: number | undefined; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE message SET provider_id = coalesce(provider_id, $3), segments = $4, sent_at = coalesce(sent_at, $5),
       status = CASE WHEN status = 'sending' THEN 'sent' ELSE status END
     WHERE org_id = $1 AND id = $2`,
    [sent.orgId, sent.messageId, sent.providerId, sent.segments ?? null, sent.at],
  );
}

/** The provider refused it for good. */
export async function markFailed(
  tx: Queryable,
  failed: {
    orgId: string;
    messageId: string;
    code: number | undefined;
    reason: string | undefined;
    at: Date;
  },
): Promise<void> {
  await tx.query(
    `UPDATE message SET status = 'failed', error_code = $3, error_text = $4, failed_at = $5
     WHERE org_id = $1 AND id = $2 AND status IN ('queued', 'sending')`,
    [failed.orgId, failed.messageId, failed.code ?? null, failed.reason ?? null, failed.at],
  );
}
