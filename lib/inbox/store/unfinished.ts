import { pool } from "@/lib/db/pool";
import type { MessageChannel, UnfinishedMessage } from "../core/message";

/**
 * Messages in a status since before a moment, latest first: `sending` where no job is at work on them any more, or `sent`
 * without word of their delivery.
 */
export async function listUnfinished(
  channel: MessageChannel,
  status: "sending" | "sent",
  between: { readonly since: Date; readonly before: Date },
  limit: number,
): Promise<UnfinishedMessage[]> {
  const { rows } = await pool().query<UnfinishedMessage>(
    `SELECT m.org_id AS "orgId", m.id AS "messageId", c.identity, m.provider_id AS "providerId",
            coalesce(k.phone, k.external_id) AS "to", m.body, m.at
     FROM message AS m
     JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
     JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     WHERE m.channel = $1 AND m.direction = 'outbound' AND m.status = $2::delivery_status AND m.at > $3 AND m.at < $4
       AND NOT EXISTS (
         SELECT FROM graphile_worker.jobs AS j WHERE j.key = 'send-message:' || m.id AND j.locked_at > $4)
     ORDER BY m.at DESC LIMIT $5`,
    [channel, status, between.since, between.before, limit],
  );
  return rows;
}
