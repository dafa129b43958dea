import { pool, type Queryable } from "@/lib/db/pool";

/** Notes the business account of a WhatsApp number; its organisation where that is new, else undefined. */
export async function saveAccount(identity: string, accountId: string): Promise<string | undefined> {
  const { rows } = await pool().query<{ orgId: string }>(
    `UPDATE channel_number SET account_id = $2
     WHERE channel = 'whatsapp' AND identity = $1 AND account_id IS DISTINCT FROM $2 RETURNING org_id AS "orgId"`,
    [identity, accountId],
  );
  return rows[0]?.orgId;
}

/** Every business account that a garage's number belongs to. */
export async function listAccounts(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT DISTINCT account_id AS id FROM channel_number WHERE channel = 'whatsapp' AND connected_at IS NOT NULL AND account_id IS NOT NULL ORDER BY account_id`,
  );
  return rows.map(({ id }) => id);
}

/** The organisations with a number in a business account. */
export async function listOrganisations(accountId: string): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT DISTINCT org_id AS "orgId" FROM channel_number WHERE channel = 'whatsapp' AND connected_at IS NOT NULL AND account_id = $1 ORDER BY org_id`,
    [accountId],
  );
  return rows.map(({ orgId }) => orgId);
}

/** A garage's WhatsApp numbers, each with its business account where that is known. */
export async function listNumbers(
  orgId: string,
  db: Queryable = pool(),
): Promise<{ identity: string; accountId: string | null }[]> {
  const { rows } = await db.query<{ identity: string; accountId: string | null }>(
    `SELECT identity, account_id AS "accountId" FROM channel_number WHERE channel = 'whatsapp' AND org_id = $1 AND connected_at IS NOT NULL ORDER BY identity`,
    [orgId],
  );
  return rows;
}
