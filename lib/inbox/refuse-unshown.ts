import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import { MAX_MESSAGES } from "./get-conversation";
import type { LockedConversation } from "./store/conversations";
import { findWrittenSince } from "./store/replies";

/** What a member's page showed of a conversation: its `readTo`. Null: no message of the customer's; undefined: it is not known. */
export type Shown = { readonly readTo?: Date | null | undefined };

/** So much of a message stands in a sentence about it. */
const MAX_QUOTED = 80;

/**
 * Keeps a member from putting away what they have not seen. Throws written_meanwhile, with what came, where the customer has
 * written after what the page showed, by receipt: a message that comes late stands further up. Nothing is refused where that
 * is not known.
 */
export async function refuseUnshown(
  tx: Queryable,
  { orgId, id }: LockedConversation,
  { readTo }: Shown,
): Promise<void> {
  if (readTo === undefined) return;
  const written = await findWrittenSince(tx, { orgId, conversationId: id, readTo, among: MAX_MESSAGES });
  if (written)
    throw new AppError("written_meanwhile", `The customer has written meanwhile${quoted(written)}`);
}

function quoted({ body }: { readonly body: string }): string {
  const [line = ""] = body.trim().split("\n", 1);
  const characters = [...line];
  if (characters.length === 0) return ".";
  if (characters.length <= MAX_QUOTED) return `: “${line}”`;
  return `: “${characters.slice(0, MAX_QUOTED).join("").trimEnd()}…”`;
}
