import { pool } from "@/lib/db/pool";

/** Conversations that were last written to a number of ours, and those of them whose window is open. */
export async function countOnLine(
  orgId: string,
  channel: string,
  identity: string,
  now: Date,
): Promise<{ conversations: number; openWindows: number }> {
  const { rows } = await pool().query<{ conversations: number; openWindows: number }>(
    `SELECT count(*)::int AS conversations, (count(*) FILTER (WHERE window_ends_at > $4))::int AS "openWindows"
     FROM conversation WHERE org_id = $1 AND channel = $2::channel AND identity = $3`,
    [orgId, channel, identity, now],
  );
  return rows[0] ?? { conversations: 0, openWindows: 0 };
}

export type LineTraffic = { readonly lastInAt: Date | null; readonly lastOutAt: Date | null };

/** So many of the latest conversations of a line are looked through for what went out last. */
const LATEST = 50;

/** When a message last came to a number of ours, and last left from it: of its conversations as they stand. */
export async function lastOnLine(orgId: string, channel: string, identity: string): Promise<LineTraffic> {
  const { rows } = await pool().query<LineTraffic>(
    `WITH latest AS (
       SELECT id, identity_at FROM conversation WHERE org_id = $1 AND channel = $2::channel AND identity = $3
       ORDER BY last_message_at DESC LIMIT ${LATEST})
     SELECT (SELECT max(identity_at) FROM latest) AS "lastInAt",
            (SELECT max(m.sent_at) FROM latest AS l JOIN message AS m ON m.org_id = $1 AND m.conversation_id = l.id
             WHERE m.direction = 'outbound' AND m.sent_at IS NOT NULL) AS "lastOutAt"`,
    [orgId, channel, identity],
  );
  return rows[0] ?? { lastInAt: null, lastOutAt: null };
}

/** Whether WhatsApp's window between a number of ours and somebody's number is open. */
export async function isWindowOpen(
  orgId: string,
  identity: string,
  number: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await pool().query<{ is: boolean }>(
    `SELECT EXISTS (SELECT FROM conversation AS c JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
       WHERE c.org_id = $1 AND c.channel = 'whatsapp' AND c.identity = $2 AND c.window_ends_at > $4
         AND (k.phone = $3 OR k.wa_id = substring($3 from 2))) AS is`,
    [orgId, identity, number, now],
  );
  return rows[0]?.is ?? false;
}

/** Whether somebody with this number has opted out of a channel's messages. */
export async function hasOptedOut(orgId: string, channel: string, number: string): Promise<boolean> {
  const { rows } = await pool().query<{ is: boolean }>(
    `SELECT EXISTS (SELECT FROM contact WHERE org_id = $1 AND channel = $2::channel AND opted_out_at IS NOT NULL
       AND (phone = $3 OR external_id = $3 OR wa_id = substring($3 from 2))) AS is`,
    [orgId, channel, number],
  );
  return rows[0]?.is ?? false;
}
