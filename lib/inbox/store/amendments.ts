import type { Queryable } from "@/lib/db/pool";
import type { Amendment } from "../core/amendments";
import type { LockedConversation } from "./conversations";

/** What was said before about messages that come now, by their provider ids. */
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

/** The author changed or withdrew a message that is stored: what staff see follows, unless a later word came before. */
export async function amendStored(
  tx: Queryable,
  { orgId, id, channel }: LockedConversation,
  author: "customer" | "staff",
  { type, refersTo, body, at }: Amendment,
): Promise<void> {
  const change =
    type === "edit"
      ? `body = CASE WHEN edited_at > $6 THEN body ELSE $7 END, edited_at = greatest(edited_at, $6)`
      : `revoked_at = greatest(revoked_at, $6)`;
  const values = [orgId, channel, refersTo, id, author, at, ...(type === "edit" ? [body] : [])];
  await tx.query(
    `UPDATE message SET ${change}
     WHERE org_id = $1 AND channel = $2 AND provider_id = $3 AND conversation_id = $4 AND author = $5::message_author`,
    values,
  );
}
