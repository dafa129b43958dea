import type { Queryable } from "@/lib/db/pool";
import type { KnownContact } from "../core/choose-contact";
import type { ConversationChannel, MessageSender } from "../core/message";

/** The names by which a contact may be a sender's. */
export const namesOf = ({ externalId, waId, bsuid, formerly }: MessageSender): string[] => [
  ...new Set([externalId, waId, bsuid, formerly].filter((name) => name !== undefined)),
];

const called = (column: "external_id" | "wa_id" | "bsuid") =>
  `(SELECT id FROM contact WHERE org_id = $1 AND channel = $2 AND ${column} = called.name OFFSET 0)`;

/**
 * The contacts (`id`) of channel $2 that have one of `names`. Each name is looked up by its own index: a planner that knows
 * little of a garage would rather read all of its contacts.
 */
export const NAMESAKES = (names: string) => `SELECT DISTINCT found.id FROM unnest(${names}) AS called (name),
  LATERAL (${called("external_id")} UNION ALL ${called("wa_id")} UNION ALL ${called("bsuid")}) AS found`;

/** The contacts that have one of a sender's names, the oldest first. */
export async function listNamesakes(
  tx: Queryable,
  orgId: string,
  channel: ConversationChannel,
  sender: MessageSender,
): Promise<KnownContact[]> {
  const { rows } = await tx.query<KnownContact>(
    `SELECT k.id, k.external_id AS "externalId", k.wa_id AS "waId", k.bsuid
     FROM (${NAMESAKES("$3::text[]")}) AS n JOIN contact AS k ON k.org_id = $1 AND k.id = n.id ORDER BY k.created_at, k.id`,
    [orgId, channel, namesOf(sender)],
  );
  return rows;
}

/** Adds to a contact what its latest message says of it, and locks it. */
export async function completeContact(
  tx: Queryable,
  orgId: string,
  id: string,
  sender: MessageSender,
): Promise<void> {
  await tx.query("SELECT inbox_complete_contacts($1, $2::jsonb)", [
    orgId,
    JSON.stringify([{ ...sender, id }]),
  ]);
}

/** Makes a contact; false where one of this name is being made at this moment. */
export async function insertContact(
  tx: Queryable,
  contact: { orgId: string; id: string; channel: ConversationChannel; sender: MessageSender; at: Date },
): Promise<boolean> {
  const { orgId, id, channel, sender, at } = contact;
  const { waId, bsuid, phone, name, username } = sender;
  const { rowCount } = await tx.query(
    `INSERT INTO contact (org_id, id, wa_id, bsuid, phone, name, username, channel, external_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT DO NOTHING`,
    [orgId, id, waId, bsuid, phone, name, username, channel, sender.externalId, at],
  );
  return rowCount === 1;
}

/** Locks a contact, before its conversation: whoever locks both does it in this order. */
export async function lockContact(
  tx: Queryable,
  orgId: string,
  id: string,
): Promise<{ readonly optedOutAt: Date | null }> {
  const { rows } = await tx.query<{ optedOutAt: Date | null }>(
    `SELECT opted_out_at AS "optedOutAt" FROM contact WHERE org_id = $1 AND id = $2 FOR UPDATE`,
    [orgId, id],
  );
  if (!rows[0]) throw new Error("a contact has gone");
  return rows[0];
}

export type ConsentChange = {
  readonly id: string;
  readonly kind: "opt_out" | "opt_in";
  readonly source: "message" | "provider-error";
  readonly at: Date;
};

/** Records changes of consent. Whether the contact has opted out follows from the latest one, whatever came first. */
export async function recordConsent(
  tx: Queryable,
  orgId: string,
  contactId: string,
  changes: readonly ConsentChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((change) => ({ ...change, contactId }));
  await tx.query("SELECT inbox_record_consents($1, $2::jsonb)", [orgId, JSON.stringify(rows)]);
}

/** Whether a contact has opted out of this garage's messages. */
export async function contactOptedOut(tx: Queryable, orgId: string, contactId: string): Promise<boolean> {
  const { rows } = await tx.query<{ optedOut: boolean }>(
    `SELECT opted_out_at IS NOT NULL AS "optedOut" FROM contact WHERE org_id = $1 AND id = $2`,
    [orgId, contactId],
  );
  return rows[0]?.optedOut ?? false;
}
