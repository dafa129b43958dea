import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import { MAX_MESSAGES } from "./get-conversation";
import type { LockedConversation } from "./store/conversations";
import { hasWrittenSince } from "./store/replies";

/** What a member's page showed of a conversation: its `readTo`. Null: no message of the customer's; undefined: it is not known. */
export type Shown = { readonly readTo?: Date | null | undefined };

/**
 * Keeps a member from putting away what they have not seen. Throws written_meanwhile where the customer has written after what
 * the page showed, by receipt: a message that comes late stands further up. Nothing is refused where that is not known.
 */
export async function refuseUnshown(
  tx: Queryable,
  { orgId, id }: LockedConversation,
  { readTo }: Shown,
): Promise<void> {
  if (readTo === undefined) return;
  if (await hasWrittenSince(tx, { orgId, conversationId: id, readTo, among: MAX_MESSAGES }))
    throw new AppError("written_meanwhile", "The customer has written meanwhile.");
}
