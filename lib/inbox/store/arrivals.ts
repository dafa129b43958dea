import { pool, preparedName, type Queryable } from "@/lib/db/pool";
import type { Amendment } from "../core/amendments";
import type { KnownContact } from "../core/choose-contact";
import type { MessageChannel, MessageSender } from "../core/message";
import { NAMESAKES, namesOf } from "./contacts";
import { LOCKED, type LockedConversation } from "./conversations";
import { RECENT, type Recent, recentSince } from "./messages";

/** Messages of one sender, about which is asked what is known. */
export type Asked = { readonly sender: MessageSender; readonly providerIds: readonly string[] };

/** A contact that has one of a sender's names. It has not changed as long as `version` is the same. */
export type Namesake = KnownContact & {
  readonly version: string;
  readonly phone: string | null;
  readonly name: string | null;
  readonly username: string | null;
  readonly optedOut: boolean;
  readonly conversation: ReadConversation | null;
};

export type ReadConversation = LockedConversation & { readonly version: string; readonly recent: Recent };

/** What is known before the messages of a sender are decided. */
export type Known = {
  /** Which of the provider's ids are stored. */
  readonly stored: readonly string[];
  /** The user ids with which the sender's number was seen. */
  readonly holders: readonly string[];
  /** What was said before about messages that come now. */
  readonly amendments: readonly (Amendment & { readonly conversationId: string })[];
  /** The oldest first. */
  readonly namesakes: readonly Namesake[];
};

const CONVERSATION = `SELECT ${LOCKED}, c.xmin::text AS version, (SELECT row_to_json(r) FROM (${RECENT}) AS r) AS recent
  FROM conversation AS c WHERE c.org_id = k.org_id AND c.contact_id = k.id`;

/** Each id and each name is looked up by itself (OFFSET 0): joined, an organisation's rows might all be read instead. */
const SQL = `SELECT
    ARRAY(SELECT asked.id FROM unnest(a.ids) AS asked (id) WHERE EXISTS (
      SELECT FROM message AS m WHERE m.org_id = $1 AND m.channel = $2 AND m.provider_id = asked.id OFFSET 0)) AS stored,
    ARRAY(SELECT h.user_id FROM number_holder AS h WHERE h.org_id = $1 AND h.number = a.number) AS holders,
    coalesce((SELECT json_agg(json_build_object('type', m.type, 'refersTo', m.refers_to, 'body', m.body, 'at', m.at,
                                                'conversationId', m.conversation_id) ORDER BY m.at, m.id)
              FROM message AS m WHERE m.org_id = $1 AND m.channel = $2 AND m.refers_to = ANY (a.ids)
                AND m.type IN ('edit', 'revoke')), '[]') AS amendments,
    coalesce((SELECT json_agg(json_build_object('id', k.id, 'version', k.xmin::text, 'externalId', k.external_id, 'waId', k.wa_id,
                'bsuid', k.bsuid, 'phone', k.phone, 'name', k.name, 'username', k.username,
                'optedOut', k.opted_out_at IS NOT NULL, 'conversation', (SELECT row_to_json(t) FROM (${CONVERSATION}) AS t))
                ORDER BY k.created_at, k.id)
              FROM (${NAMESAKES("a.names")}) AS n JOIN contact AS k ON k.org_id = $1 AND k.id = n.id), '[]') AS namesakes
  FROM json_to_recordset($3::json) AS a (ord integer, names text[], ids text[], number text) ORDER BY a.ord`;

/** What is known of senders on one channel, in their order, in one statement and without a lock. */
export async function readKnown(
  { orgId, channel, now }: { orgId: string; channel: MessageChannel; now: Date },
  asked: readonly Asked[],
  db: Queryable = pool(),
): Promise<Known[]> {
  const rows = asked.map(({ sender, providerIds }, ord) => ({
    ord,
    names: namesOf(sender),
    ids: providerIds,
    number: sender.phone ?? null,
  }));
  const since = recentSince(now);
  const { rows: known } = await db.query<Known>({
    ...preparedName("inbox_known"),
    text: SQL,
    values: [orgId, channel, JSON.stringify(rows), since.brake, since.quiet],
  });
  return known.map(withTimes);
}

/** JSON has times as texts. */
function withTimes(known: Known): Known {
  return {
    ...known,
    amendments: known.amendments.map((one) => ({ ...one, at: new Date(one.at) })),
    namesakes: known.namesakes.map(({ conversation, ...contact }) => ({
      ...contact,
      conversation: conversation && {
        ...conversation,
        identityAt: timeOf(conversation.identityAt),
        heldSince: timeOf(conversation.heldSince),
        aiPausedUntil: timeOf(conversation.aiPausedUntil),
        teamAt: timeOf(conversation.teamAt),
        windowEndsAt: timeOf(conversation.windowEndsAt),
        doneAt: timeOf(conversation.doneAt),
        snoozedUntil: timeOf(conversation.snoozedUntil),
        recent: { ...conversation.recent, teamWroteAt: timeOf(conversation.recent.teamWroteAt) },
      },
    })),
  };
}

const timeOf = (given: Date | string | null): Date | null => (given === null ? null : new Date(given));

/** Locks whatever contacts have a sender's names, and then their conversations: both stay as they are until `tx` ends. */
export async function lockNamesakes(
  tx: Queryable,
  orgId: string,
  channel: MessageChannel,
  sender: MessageSender,
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT k.id FROM contact AS k WHERE k.org_id = $1 AND k.id IN (${NAMESAKES("$3::text[]")}) ORDER BY k.id FOR UPDATE`,
    [orgId, channel, namesOf(sender)],
  );
  await tx.query(
    "SELECT FROM conversation WHERE org_id = $1 AND contact_id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE",
    [orgId, rows.map(({ id }) => id)],
  );
}
