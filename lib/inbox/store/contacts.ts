import type { Queryable } from "@/lib/db/pool";
import type { ConversationChannel, MessageSender } from "@/lib/inbox/core/message";

export type StoredContact = { readonly id: string; readonly optedOutAt: Date | null };

/**
 * The contact behind a sender, made or completed. Somebody may be known by their number first and by their
 * business-scoped id later: either finds the same contact, and what is new is added to it.
 */
export async function upsertContact(
  tx: Queryable,
  contact: { orgId: string; channel: ConversationChannel; sender: MessageSender; newId: string; at: Date },
): Promise<StoredContact> {
  const { orgId, channel, sender } = contact;
  const values = [
    orgId,
    channel,
    sender.externalId,
    sender.waId ?? null,
    sender.bsuid ?? null,
    sender.phone ?? null,
    sender.name ?? null,
    sender.username ?? null,
  ];
  const find = `UPDATE contact SET wa_id = coalesce($4, wa_id), bsuid = coalesce($5, bsuid), phone = coalesce($6, phone),
        name = coalesce($7, name), username = coalesce($8, username)
      WHERE org_id = $1 AND id = (
        SELECT id FROM contact WHERE org_id = $1 AND channel = $2 AND (external_id = $3 OR wa_id = coalesce($4, $3) OR bsuid = coalesce($5, $3))
        ORDER BY created_at, id LIMIT 1)
      RETURNING id, opted_out_at AS "optedOutAt"`;
  const known = await tx.query<StoredContact>(find, values);
  if (known.rows[0]) return known.rows[0];
  await tx.query(
    `INSERT INTO contact (org_id, channel, external_id, wa_id, bsuid, phone, name, username, id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    [...values, contact.newId, contact.at],
  );
  const made = await tx.query<StoredContact>(find, values);
  if (!made.rows[0]) throw new Error("a contact could be neither made nor found");
  return made.rows[0];
}

/** Locks a contact, before its conversation: whoever locks both does it in this order. */
export async function lockContact(tx: Queryable, orgId: string, id: string): Promise<StoredContact> {
  const { rows } = await tx.query<StoredContact>(
    `SELECT id, opted_out_at AS "optedOutAt" FROM contact WHERE org_id = $1 AND id = $2 FOR UPDATE`,
    [orgId, id],
  );
  if (!rows[0]) throw new Error("a contact has gone");
  return rows[0];
}

/** Records a change of consent. Whether the contact has opted out follows from the latest one, whatever came first. */
export async function recordConsent(
  tx: Queryable,
  consent: {
    orgId: string;
    contactId: string;
    id: string;
    kind: "opt_out" | "opt_in";
    source: "message" | "provider-error";
    at: Date;
  },
): Promise<void> {
  const { orgId, contactId } = consent;
  await tx.query(
    `INSERT INTO consent_record (org_id, id, contact_id, kind, source, at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [orgId, consent.id, contactId, consent.kind, consent.source, consent.at],
  );
  await tx.query(
    `UPDATE contact SET opted_out_at = (
       SELECT CASE WHEN kind = 'opt_out' THEN at END FROM consent_record
       WHERE org_id = $1 AND contact_id = $2 ORDER BY at DESC, id DESC LIMIT 1)
     WHERE org_id = $1 AND id = $2`,
    [orgId, contactId],
  );
}

/** Whether a contact has opted out of this garage's messages. */
export async function contactOptedOut(tx: Queryable, orgId: string, contactId: string): Promise<boolean> {
  const { rows } = await tx.query<{ optedOut: boolean }>(
    `SELECT opted_out_at IS NOT NULL AS "optedOut" FROM contact WHERE org_id = $1 AND id = $2`,
    [orgId, contactId],
  );
  return rows[0]?.optedOut ?? false;
}
