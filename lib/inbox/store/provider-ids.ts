import { pool } from "@/lib/db/pool";

/** Every number of ours that texts come to. */
export async function listSmsNumbers(): Promise<string[]> {
  const { rows } = await pool().query<{ identity: string }>(
    `SELECT identity FROM channel_number WHERE channel = 'sms' AND identity LIKE '+%' ORDER BY identity`,
  );
  return rows.map(({ identity }) => identity);
}

/** Which of these provider ids are stored, as inbound or outbound messages of any organisation. */
export async function findStored(providerIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ providerId: string }>(
    `SELECT m.provider_id AS "providerId" FROM channel_number AS n
     JOIN message AS m ON m.org_id = n.org_id AND m.channel = 'sms' AND m.provider_id = ANY ($1::text[])
     WHERE n.channel = 'sms'`,
    [providerIds],
  );
  return new Set(rows.map(({ providerId }) => providerId));
}
