import type { Queryable } from "@/lib/db/pool";
import type { MessageChannel, OutboundMessage } from "@/lib/inbox/core/message";
import type { SendRefusal } from "../core/decide-send";
import type { OutboundAuthor } from "./messages";

export type StoredOutbound = {
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

export async function findOutbound(
  tx: Queryable,
  orgId: string,
  messageId: string,
): Promise<StoredOutbound | undefined> {
  const { rows } = await tx.query<Row>(
    `SELECT m.conversation_id AS "conversationId", c.contact_id AS "contactId", m.status, m.author, m.channel, c.identity, m.body,
            k.opted_out_at IS NOT NULL AS "optedOut", k.external_id AS "externalId", k.wa_id AS "waId", k.bsuid, k.phone
     FROM message AS m
     JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
     JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     WHERE m.org_id = $1 AND m.id = $2 AND m.direction = 'outbound'`,
    [orgId, messageId],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { externalId, waId, bsuid, phone, ...message } = row;
  return {
    ...message,
    to: { externalId, ...(waId && { waId }), ...(bsuid && { bsuid }), ...(phone && { phone }) },
  };
}

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

export async function markSent(
  tx: Queryable,
  sent: { orgId: string; messageId: string; providerId: string; segments: number | null; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE message SET provider_id = coalesce(provider_id, $3), segments = $4, sent_at = coalesce(sent_at, $5),
       status = CASE WHEN status = 'sending' THEN 'sent' ELSE status END
     WHERE org_id = $1 AND id = $2`,
    [sent.orgId, sent.messageId, sent.providerId, sent.segments, sent.at],
  );
}

export async function markFailed(
  tx: Queryable,
  failed: { orgId: string; messageId: string; code: number | null; reason: string; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE message SET status = 'failed', error_code = $3, error_text = $4, failed_at = $5
     WHERE org_id = $1 AND id = $2 AND status IN ('queued', 'sending')`,
    [failed.orgId, failed.messageId, failed.code, failed.reason, failed.at],
  );
}
