import { pool } from "@/lib/db/pool";
import type { GarageProfile } from "@/lib/inbox/accept-message";
import type { MessageChannel } from "@/lib/inbox/core/message";

export async function readGarageByIdentity(
  channel: MessageChannel,
  identity: string,
): Promise<GarageProfile | undefined> {
  const { rows } = await pool().query<GarageProfile>(
    `SELECT o.id AS "orgId", o.name, o.phone, o.portal_url AS "portalUrl"
     FROM channel_number AS n JOIN organization AS o ON o.id = n.org_id WHERE n.channel = $1 AND n.identity = $2`,
    [channel, identity],
  );
  return rows[0];
}
