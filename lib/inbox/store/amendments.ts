import type { Queryable } from "@/lib/db/pool";
import { type Amended, type Amendment, amend } from "../core/amendments";
import type { LockedConversation } from "./conversations";

/** The changes and withdrawals that came before the messages they are about, by the messages' provider ids. */
export async function amendmentsOf(
  tx: Queryable,
  { orgId, id, channel }: LockedConversation,
  providerIds: readonly string[],
): Promise<Amendment[]> {
  const { rows } = await tx.query<Amendment>(
    `SELECT type, refers_to AS "refersTo", body, at FROM message
     WHERE org_id = $1 AND channel = $2 AND refers_to = ANY ($3::text[]) AND type IN ('edit', 'revoke') AND conversation_id = $4
     ORDER BY at, id`,
    [orgId, channel, providerIds, id],
  );
  return rows;
}

/** What amendments come to, for each message that they are about. */
export function changesOf(amendments: readonly Amendment[]): (Amended & { readonly providerId: string })[] {
  const about = [...new Set(amendments.map(({ refersTo }) => refersTo))];
  return about.map((providerId) => ({ providerId, ...amend({ providerId, body: "" }, amendments) }));
}

/** The author changed or withdrew messages that are stored: what staff see follows, unless a later word came before. */
export async function amendStored(
  tx: Queryable,
  { orgId, id, channel }: LockedConversation,
  author: "customer" | "staff",
  amendments: readonly Amendment[],
): Promise<void> {
  if (amendments.length === 0) return;
  await tx.query(
    `UPDATE message AS m
     SET body = CASE WHEN c."editedAt" >= coalesce(m.edited_at, c."editedAt") THEN c.body ELSE m.body END,
         edited_at = greatest(m.edited_at, c."editedAt"), revoked_at = greatest(m.revoked_at, c."revokedAt")
     FROM json_to_recordset($5::json) AS c ("providerId" text, body text, "editedAt" timestamptz, "revokedAt" timestamptz)
     WHERE m.org_id = $1 AND m.channel = $2 AND m.provider_id = c."providerId" AND m.conversation_id = $3
       AND m.author = $4::message_author`,
    [orgId, channel, id, author, JSON.stringify(changesOf(amendments))],
  );
}
