import type { Queryable } from "@/lib/db/pool";
import type { SendRefusal } from "../core/decide-send";
import type { MessageChannel, OutboundMessage, StatusUpdate } from "../core/message";
import type { OutboundAuthor } from "./messages";

export type StoredOutbound = {
  readonly orgId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly status: string;
  readonly author: OutboundAuthor;
  readonly channel: MessageChannel;
  readonly identity: string;
  readonly body: string;
  readonly optedOut: boolean;
  readonly to: OutboundMessage["to"];
};

type Row = Omit<StoredOutbound, "to"> & {
  externalId: string;
  waId: string | null;
  bsuid: string | null;
  phone: string | null;
};

const SELECT = `SELECT m.org_id AS "orgId", m.id, m.conversation_id AS "conversationId", c.contact_id AS "contactId", m.status, m.author,
    m.channel, c.identity, m.body, k.opted_out_at IS NOT NULL AS "optedOut", k.external_id AS "externalId", k.wa_id AS "waId", k.bsuid, k.phone
  FROM message AS m
  JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
  JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
  WHERE m.org_id = $1 AND m.direction = 'outbound'`;

function toOutbound(row: Row | undefined): StoredOutbound | undefined {
  if (!row) return undefined;
  const { externalId, waId, bsuid, phone, ...message } = row;
  return {
    ...message,
    to: { externalId, ...(waId && { waId }), ...(bsuid && { bsuid }), ...(phone && { phone }) },
  };
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
export async function markSending(tx: Queryable, orgId: string, messageId: string): Promise<void> {
  await tx.query(`UPDATE message SET status = 'sending' WHERE org_id = $1 AND id = $2`, [orgId, messageId]);
}

/** Not sent on purpose: what was automatic is withdrawn in silence, a person's own words have failed and say why. */
export async function refuseSend(
  tx: Queryable,
  orgId: string,
  messageId: string,
  reason: SendRefusal,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE message SET error_text = $3, failed_at = $4,
       status = CASE WHEN author = 'staff' THEN 'failed'::delivery_status ELSE 'withdrawn'::delivery_status END
     WHERE org_id = $1 AND id = $2`,
    [orgId, messageId, reason, at],
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
