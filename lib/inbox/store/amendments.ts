import type { Queryable } from "@/lib/db/pool";
import { type Amendment, amend } from "../core/amendments";
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

/** What amendments of a conversation come to, for each message that they are about: as `inbox_amend_messages` takes it. */
export function changesOf(amendments: readonly Amendment[], conversationId: string) {
  const about = [...new Set(amendments.map(({ refersTo }) => refersTo))];
  return about.map((providerId) => ({
    conversationId,
    providerId,
    ...amend({ providerId, body: "" }, amendments),
  }));
}

/** The author changed or withdrew messages that are stored: what staff see follows, unless a later word came before. */
export async function amendStored(
  tx: Queryable,
  { orgId, id, channel }: LockedConversation,
  author: "customer" | "staff",
  amendments: readonly Amendment[],
): Promise<void> {
  if (amendments.length === 0) return;
  await tx.query("SELECT inbox_amend_messages($1, $2, $3, $4::jsonb)", [
    orgId,
    channel,
    author,
    JSON.stringify(changesOf(amendments, id)),
  ]);
}
