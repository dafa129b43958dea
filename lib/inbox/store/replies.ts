import { pool, type Queryable } from "@/lib/db/pool";
import { VISIBLE } from "./visible";

export type StoredOutbound = {
  readonly conversationId: string;
  readonly isTemplate: boolean;
  readonly body: string;
  readonly hasFile: boolean;
  /** The file that it carries is the one that was asked about, or neither is one. */
  readonly isSameFile: boolean;
};

/** The message of ours with this source key, compared with an upload. */
export async function findOutbound(
  tx: Queryable,
  orgId: string,
  sourceKey: string,
  mediaId?: string,
): Promise<StoredOutbound | undefined> {
  const { rows } = await tx.query<StoredOutbound>(
    `SELECT m.conversation_id AS "conversationId", m.type = 'template' AS "isTemplate", m.body,
       f.id IS NOT NULL AS "hasFile",
       f.file_id IS NOT DISTINCT FROM (SELECT file_id FROM media WHERE org_id = $1 AND id = $3::uuid) AS "isSameFile"
     FROM message AS m LEFT JOIN media AS f ON f.org_id = m.org_id AND f.message_id = m.id
     WHERE m.org_id = $1 AND m.source_key = $2 LIMIT 1`,
    [orgId, sourceKey, mediaId ?? null],
  );
  return rows[0];
}

/** The latest reply of somebody else's that stands after message `seen` in the thread, and who wrote it. */
export async function findReplyAfter(
  tx: Queryable,
  after: { orgId: string; conversationId: string; userId: string; seen: string | null },
): Promise<{ readonly by: string } | undefined> {
  const { rows } = await tx.query<{ by: string }>(
    `SELECT CASE WHEN m.type = 'echo' THEN 'Somebody on the garage’s phone' ELSE coalesce(u.name, 'A colleague') END AS by
     FROM message AS m LEFT JOIN "user" AS u ON u.id = m.staff_user_id
     WHERE m.org_id = $1 AND m.conversation_id = $2 AND m.author = 'staff' AND m.staff_user_id IS DISTINCT FROM $3
       AND m.type NOT IN ('edit', 'revoke') AND m.status NOT IN ('failed', 'withdrawn')
       AND NOT EXISTS (SELECT FROM message AS s WHERE s.org_id = m.org_id AND s.conversation_id = m.conversation_id
         AND s.id = $4 AND (s.at, s.id) >= (m.at, m.id))
     ORDER BY m.at DESC, m.id DESC LIMIT 1`,
    [after.orgId, after.conversationId, after.userId, after.seen],
  );
  return rows[0];
}

/**
 * What was received last from the customer after `readTo` and can be unread, among the latest messages of the thread: what
 * stands before those is on no page.
 */
export async function findWrittenSince(
  tx: Queryable,
  since: { orgId: string; conversationId: string; readTo: Date | null; among: number },
): Promise<{ readonly body: string } | undefined> {
  const { rows } = await tx.query<{ body: string }>(
    `SELECT shown.body FROM conversation AS c, LATERAL (
       SELECT m.author, m.received_at, m.body, m.at, m.id FROM message AS m
       WHERE m.org_id = c.org_id AND m.conversation_id = c.id AND ${VISIBLE("m")}
       ORDER BY m.at DESC, m.id DESC LIMIT $4) AS shown
     WHERE c.org_id = $1 AND c.id = $2 AND c.last_inbound_at > coalesce($3, '-infinity'::timestamptz)
       AND shown.author = 'customer' AND shown.received_at > coalesce($3, '-infinity'::timestamptz)
     ORDER BY shown.received_at DESC, shown.at DESC, shown.id DESC LIMIT 1`,
    [since.orgId, since.conversationId, since.readTo, since.among],
  );
  return rows[0];
}

/** The provider id of a conversation's latest inbound message. */
export async function findLatestInbound(
  tx: Queryable,
  orgId: string,
  conversationId: string,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ providerId: string }>(
    `SELECT provider_id AS "providerId" FROM message WHERE org_id = $1 AND conversation_id = $2 AND direction = 'inbound'
     ORDER BY at DESC, id DESC LIMIT 1`,
    [orgId, conversationId],
  );
  return rows[0]?.providerId;
}

export type StoredReply = {
  readonly id: string;
  /** The question's id. */
  readonly refersTo: string;
  readonly body: string;
  /** Who replied; null for somebody whose account is gone. */
  readonly author: string | null;
  readonly at: Date;
};

/** The team's replies to questions, the oldest first. */
export async function listReplies(orgId: string, queryIds: readonly string[]): Promise<StoredReply[]> {
  const { rows } = await pool().query<StoredReply>(
    `SELECT m.id, m.refers_to AS "refersTo", m.body, u.name AS author, m.at
     FROM message AS q
     JOIN message AS m ON m.org_id = q.org_id AND m.conversation_id = q.conversation_id AND m.refers_to = q.provider_id
     LEFT JOIN "user" AS u ON u.id = m.staff_user_id
     WHERE q.org_id = $1 AND q.channel = 'diagnostics' AND q.provider_id = ANY ($2::text[]) AND m.author = 'staff'
     ORDER BY m.at, m.id`,
    [orgId, queryIds],
  );
  return rows;
}
