import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { LockedConversation } from "./store/conversations";
import { findReplyAfter } from "./store/replies";

/** What a member saw of a conversation when they wrote. */
export type Seen = {
  /** The id of the latest message that was shown; null: none was; undefined: it is not known, and nothing is refused. */
  readonly seen?: string | null | undefined;
  /** They know that somebody else replied. */
  readonly anyway?: boolean | undefined;
};

/**
 * Keeps two people from answering the same customer twice. Throws answered_meanwhile, which names who replied after what the
 * member saw, by a text, a template or a file, or on the garage's own phone.
 */
export async function refuseMeanwhile(
  tx: Queryable,
  { orgId, id }: LockedConversation,
  userId: string,
  { seen, anyway }: Seen,
): Promise<void> {
  if (seen === undefined || anyway) return;
  const other = await findReplyAfter(tx, { orgId, conversationId: id, userId, seen });
  if (other) throw new AppError("answered_meanwhile", `${other.by} replied while you were writing.`);
}
