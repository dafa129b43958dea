import { pool, type Queryable } from "@/lib/db/pool";
import type { ConversationChannel } from "../core/message";
import type { Template } from "../core/template";

export type StoredTemplate = Template & { readonly id: string; readonly accountId: string };

type Account = { readonly orgId: string; readonly accountId: string };

/**
 * Takes an account's turn to be stored, one at a time; false where a later question has been answered meanwhile, so that
 * an older answer never stands above a newer one.
 */
export async function beginReading(
  tx: Queryable,
  { orgId, accountId }: Account,
  askedAt: Date,
): Promise<boolean> {
  await tx.query(
    `INSERT INTO template_reading (org_id, account_id, asked_at) VALUES ($1, $2, '-infinity') ON CONFLICT DO NOTHING`,
    [orgId, accountId],
  );
  const { rowCount } = await tx.query(
    `SELECT FROM template_reading WHERE org_id = $1 AND account_id = $2 AND asked_at <= $3 FOR UPDATE`,
    [orgId, accountId, askedAt],
  );
  return rowCount === 1;
}

/** Notes how a reading went; what was read before stays where this one failed. */
export async function endReading(
  tx: Queryable,
  { orgId, accountId }: Account,
  { askedAt, failure }: { readonly askedAt: Date; readonly failure: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE template_reading SET asked_at = $3, failure = $4, read_at = CASE WHEN $4::text IS NULL THEN $3 ELSE read_at END
     WHERE org_id = $1 AND account_id = $2`,
    [orgId, accountId, askedAt, failure],
  );
}

const FRESH = `SELECT * FROM jsonb_to_recordset($3::jsonb) AS f (id uuid, "providerId" text, name text, language text,
  category text, status text, content jsonb, unusable text)`;

/**
 * Stores what an account has: what is no longer listed goes, and one whose words have changed comes back under another id.
 * Whether anything is different now.
 */
export async function replaceTemplates(
  tx: Queryable,
  { orgId, accountId }: Account,
  templates: readonly (Template & { readonly id: string })[],
): Promise<boolean> {
  const values = [orgId, accountId, JSON.stringify(templates)];
  const gone = await tx.query(
    `DELETE FROM message_template AS t WHERE t.org_id = $1 AND t.account_id = $2 AND NOT EXISTS (
       SELECT FROM (${FRESH}) AS f WHERE f.name = t.name AND f.language = t.language AND f.content = t.content)`,
    values,
  );
  const changed = await tx.query(
    `UPDATE message_template AS t SET provider_id = f."providerId", category = f.category, status = f.status, unusable = f.unusable
     FROM (${FRESH}) AS f WHERE t.org_id = $1 AND t.account_id = $2 AND f.name = t.name AND f.language = t.language
       AND (t.provider_id, t.category, t.status, t.unusable) IS DISTINCT FROM (f."providerId", f.category, f.status, f.unusable)`,
    values,
  );
  const added = await tx.query(
    `INSERT INTO message_template (org_id, id, account_id, provider_id, name, language, category, status, content, unusable)
     SELECT $1, f.id, $2, f."providerId", f.name, f.language, f.category, f.status, f.content, f.unusable FROM (${FRESH}) AS f
     ON CONFLICT (org_id, account_id, name, language) DO NOTHING`,
    values,
  );
  return [gone, changed, added].some(({ rowCount }) => (rowCount ?? 0) > 0);
}

const SELECT = `SELECT id, account_id AS "accountId", provider_id AS "providerId", name, language, category, status, content, unusable
  FROM message_template WHERE org_id = $1`;

/** An organisation's templates of these accounts, by name and language. */
export async function listStored(orgId: string, accountIds: readonly string[]): Promise<StoredTemplate[]> {
  const { rows } = await pool().query<StoredTemplate>(
    `${SELECT} AND account_id = ANY ($2::text[]) ORDER BY name, language, account_id`,
    [orgId, accountIds],
  );
  return rows;
}

/** One template as it is stored now; undefined for another organisation's, and for one that was withdrawn or changed. */
export async function findTemplate(
  tx: Queryable,
  orgId: string,
  id: string,
): Promise<StoredTemplate | undefined> {
  const { rows } = await tx.query<StoredTemplate>(`${SELECT} AND id = $2`, [orgId, id]);
  return rows[0];
}

export type Addressee = {
  readonly channel: ConversationChannel;
  /** Which of our numbers a message to them leaves from. */
  readonly identity: string;
  readonly phone: string | null;
  /** What they call themselves. */
  readonly name: string | null;
};

/** Whom a conversation is with; undefined for another organisation's. */
export async function findAddressee(orgId: string, conversationId: string): Promise<Addressee | undefined> {
  const { rows } = await pool().query<Addressee>(
    `SELECT c.channel, c.identity, k.phone, k.name FROM conversation AS c
     JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id WHERE c.org_id = $1 AND c.id = $2`,
    [orgId, conversationId],
  );
  return rows[0];
}

export type Reading = {
  readonly accountId: string;
  readonly askedAt: Date;
  /** When it was last read in full; null before the first time. */
  readonly readAt: Date | null;
  readonly failure: string | null;
};

/** How the latest readings of these accounts went. */
export async function listReadings(orgId: string, accountIds: readonly string[]): Promise<Reading[]> {
  const { rows } = await pool().query<Reading>(
    `SELECT account_id AS "accountId", asked_at AS "askedAt", read_at AS "readAt", failure FROM template_reading
     WHERE org_id = $1 AND account_id = ANY ($2::text[])`,
    [orgId, accountIds],
  );
  return rows;
}
