import { colleagueWith } from "@/lib/auth/colleagues";
import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import { holdConversation, type LockedConversation } from "./store/conversations";
import { insertEvent } from "./store/events";

/**
 * A member has the conversation from now on; the thread tells of it where somebody else had it, or nobody. Throws forbidden
 * where they have left the garage meanwhile: nobody would take it from them any more.
 */
export async function hold(
  tx: Queryable,
  ctx: Ctx,
  { orgId, id, heldBy }: LockedConversation,
  userId: string,
): Promise<void> {
  const still = await colleagueWith(tx, ctx, orgId, { permission: "messages.send", userId });
  if (!still) throw new AppError("forbidden", "You can’t reply for this garage any more.");
  const at = ctx.now();
  await holdConversation(tx, { orgId, id, userId, at });
  if (heldBy === userId) return;
  await insertEvent(tx, { orgId, id: ctx.newId(), conversationId: id, kind: "taken_over", userId, at });
}
