import { pool } from "@/lib/db/pool";
import { readHours, sayGarageHours } from "@/lib/garage/garage-hours";
import { BRAKE_MS, type Brakeable, QUICK_MS } from "../core/loop-brake";
import type { MessageChannel } from "../core/message";
import { HOLDER } from "./conversations";
import { VISIBLE } from "./visible";

export type Exchange = Brakeable & {
  readonly conversationId: string;
  readonly channel: MessageChannel;
  readonly providerId: string;
  /** The customer has withdrawn it. */
  readonly revoked: boolean;
  readonly heldBy: string | null;
  readonly aiPausedUntil: Date | null;
  /** It has been dealt with before. */
  readonly answered: boolean;
  readonly attentionReason: string | null;
  readonly garage: {
    readonly name: string;
    readonly phone: string | null;
    readonly portalUrl: string | null;
    readonly hours: string | null;
    readonly services: readonly string[];
  };
  /** Whether the garage lets its AI look up customers and their work. */
  readonly mayLookUp: boolean;
  readonly customer: {
    /** E.164, where it is known. */
    readonly phone: string | null;
    /** What they call themselves. */
    readonly profileName: string | null;
  };
  /** What the AI has dealt with in the last ten minutes and since the team last acted. */
  readonly dealtWith: readonly Brakeable[];
  /** The latest messages up to this one, oldest first. */
  readonly turns: readonly { readonly from: "customer" | "garage"; readonly text: string }[];
};

type Stored = Omit<Exchange, "garage"> & {
  readonly garage: Exchange["garage"] & { readonly openingHours: unknown; readonly closures: unknown };
};

const TURNS = 12;
const MOST_DEALT_WITH = 20;

/** Whether inbound message `x` followed words that the garage's machine sent within seconds. */
const QUICK = (
  x: string,
) => `EXISTS (SELECT FROM message AS o WHERE o.org_id = ${x}.org_id AND o.conversation_id = ${x}.conversation_id
  AND o.author IN ('ai', 'canned') AND o.at <= ${x}.at AND o.at > ${x}.at - make_interval(secs => ${QUICK_MS / 1_000}))`;

/** One round trip: the message, its garage and sender, the turns before it, and what the AI has dealt with lately. */
export async function readExchange(
  orgId: string,
  messageId: string,
  now: Date,
): Promise<Exchange | undefined> {
  const { rows } = await pool().query<Stored>(
    `SELECT m.conversation_id AS "conversationId", m.channel, m.provider_id AS "providerId", m.body, ${QUICK("m")} AS quick,
       m.revoked_at IS NOT NULL AS revoked, ${HOLDER} AS "heldBy", c.ai_paused_until AS "aiPausedUntil",
       c.attention_reason AS "attentionReason",
       m.handling IN ('answered', 'handed-off') OR EXISTS (SELECT FROM message AS a WHERE a.org_id = m.org_id
         AND a.source_key IN ('answer:' || m.id, 'canned:' || m.id)) AS answered,
       json_build_object('name', o.name, 'phone', o.phone, 'portalUrl', o.portal_url, 'hours', o.hours, 'openingHours', o.opening_hours,
         'closures', o.closures, 'services', o.services) AS garage,
       coalesce((SELECT may_look_up FROM voice_persona AS p WHERE p.org_id = m.org_id), true) AS "mayLookUp",
       json_build_object('phone', k.phone, 'profileName', k.name) AS customer,
       (SELECT coalesce(json_agg(json_build_object('body', d.body, 'quick', ${QUICK("d")})), '[]') FROM (
          SELECT * FROM message AS x WHERE x.org_id = m.org_id AND x.conversation_id = m.conversation_id
            AND x.handling IN ('answered', 'handed-off') AND x.at > $3
            AND x.at > coalesce(greatest(c.team_at, (SELECT max(s.at) FROM message AS s WHERE s.org_id = m.org_id
              AND s.conversation_id = m.conversation_id AND s.author = 'staff' AND s.at > $3)), '-infinity')
          ORDER BY x.at DESC LIMIT ${MOST_DEALT_WITH}) AS d) AS "dealtWith",
       (SELECT json_agg(json_build_object('from', CASE WHEN t.direction = 'inbound' THEN 'customer' ELSE 'garage' END, 'text', t.body) ORDER BY t.at, t.id)
        FROM (SELECT direction, body, at, id FROM message AS t
              WHERE t.org_id = m.org_id AND t.conversation_id = m.conversation_id AND (t.at, t.id) <= (m.at, m.id)
                AND t.body <> '' AND t.revoked_at IS NULL AND t.type NOT IN ('edit', 'revoke', 'call', 'system') AND ${VISIBLE("t")}
              ORDER BY t.at DESC, t.id DESC LIMIT ${TURNS}) AS t) AS turns
     FROM message AS m
     JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
     JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     JOIN organization AS o ON o.id = m.org_id
     WHERE m.org_id = $1 AND m.id = $2 AND m.direction = 'inbound'`,
    [orgId, messageId, new Date(now.getTime() - BRAKE_MS)],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { openingHours, closures, hours, ...garage } = row.garage;
  const said = sayGarageHours(readHours({ openingHours, closures, hours }), now);
  return { ...row, garage: { ...garage, hours: said ?? null } };
}
