import { pool } from "@/lib/db/pool";
import type { MessageChannel } from "@/lib/inbox/core/message";

export type Exchange = {
  readonly conversationId: string;
  readonly channel: MessageChannel;
  readonly providerId: string;
  readonly held: boolean;
  readonly answered: boolean;
  readonly at: Date;
  readonly garage: {
    readonly name: string;
    readonly phone: string | null;
    readonly portalUrl: string | null;
    readonly hours: string | null;
    readonly services: readonly string[];
  };
  readonly customer: { readonly name: string | null; readonly vehicles: readonly string[] };
  /** The latest messages up to this one, oldest first. */
  readonly turns: readonly { readonly from: "customer" | "garage"; readonly text: string }[];
};

const TURNS = 12;

/** One round trip: the message, its garage, the turns before it, and the sender's own vehicles by their number. */
export async function readExchange(orgId: string, messageId: string): Promise<Exchange | undefined> {
  const { rows } = await pool().query<Exchange>(
    `SELECT m.conversation_id AS "conversationId", m.channel, m.provider_id AS "providerId", c.held_by IS NOT NULL AS held, m.at,
       EXISTS (SELECT FROM message AS a WHERE a.org_id = m.org_id
               AND a.source_key IN ('answer:' || m.id, 'canned:' || m.id)) OR m.intent IS NOT NULL AS answered,
       json_build_object('name', o.name, 'phone', o.phone, 'portalUrl', o.portal_url, 'hours', o.hours, 'services', o.services) AS garage,
       json_build_object('name', coalesce(
           (SELECT u.name FROM customer AS u WHERE u.org_id = m.org_id AND u.phone = k.phone ORDER BY u.created_at LIMIT 1), k.name),
         'vehicles', (SELECT coalesce(json_agg(line), '[]') FROM (
           SELECT v.registration || ' (' || v.description || '): ' || coalesce(w.title || ', ' || replace(w.status, '_', ' '), 'no open work') AS line
           FROM customer AS u JOIN vehicle AS v ON v.org_id = u.org_id AND v.customer_id = u.id
           LEFT JOIN LATERAL (SELECT title, status FROM work_order AS w WHERE w.org_id = v.org_id AND w.vehicle_id = v.id
                              ORDER BY created_at DESC LIMIT 1) AS w ON true
           WHERE u.org_id = m.org_id AND u.phone = k.phone LIMIT 5) AS vehicles)) AS customer,
       (SELECT json_agg(json_build_object('from', CASE WHEN t.direction = 'inbound' THEN 'customer' ELSE 'garage' END, 'text', t.body) ORDER BY t.at, t.id)
        FROM (SELECT direction, body, at, id FROM message AS t
              WHERE t.org_id = m.org_id AND t.conversation_id = m.conversation_id AND (t.at, t.id) <= (m.at, m.id)
                AND t.body <> '' AND t.revoked_at IS NULL AND t.status IS DISTINCT FROM 'withdrawn'
              ORDER BY t.at DESC, t.id DESC LIMIT ${TURNS}) AS t) AS turns
     FROM message AS m
     JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
     JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     JOIN organization AS o ON o.id = m.org_id
     WHERE m.org_id = $1 AND m.id = $2 AND m.direction = 'inbound'`,
    [orgId, messageId],
  );
  return rows[0];
}
