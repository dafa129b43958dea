import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { lockConversation } from "./store/conversations";
import { findNote, insertEvent } from "./store/events";
import { usedKey } from "./used-key";

export const MAX_NOTE = 4_096;

export type NoteInput = {
  readonly orgId: string;
  readonly conversationId: string;
  readonly body: string;
  /** The browser's own key: the same key notes once. */
  readonly key: string;
};

export type NoteOutcome = { readonly kind: "added" | "repeated" };

/** Keeps words for the team beside a conversation: no message, so that they cannot be sent. Needs `messages.send`. Throws conflict for a key that another note has. */
export async function addNote(ctx: Ctx, input: NoteInput): Promise<NoteOutcome> {
  const { orgId, conversationId } = input;
  const { userId } = requireMember(ctx.actor, orgId, "messages.send");
  const body = input.body.trim();
  if (body === "") throw new AppError("invalid_input", "Write a note first.", { field: "body" });
  if (body.length > MAX_NOTE)
    throw new AppError("invalid_input", "This note is too long.", { field: "body" });
  const added = await inTransaction(async (tx) => {
    await lockConversation(tx, orgId, conversationId);
    const note = { orgId, id: ctx.newId(), conversationId, kind: "note", userId, at: ctx.now() } as const;
    const sourceKey = `note:${userId}:${input.key}`;
    if (await insertEvent(tx, { ...note, body, sourceKey })) return true;
    const earlier = await findNote(tx, orgId, sourceKey);
    if (earlier?.conversationId !== conversationId || earlier.body !== body) throw usedKey();
    return false;
  });
  if (added) publishLive({ type: "conversation/changed", orgId, conversationId });
  return { kind: added ? "added" : "repeated" };
}
