import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { holdConversation, type LockedConversation } from "./store/conversations";
import { insertEvent } from "./store/events";

/** A member has the conversation from now on; the thread tells of it where somebody else had it, or nobody. */
export async function hold(
  tx: Queryable,
  ctx: Ctx,
  { orgId, id, heldBy }: LockedConversation,
  userId: string,
): Promise<void> {
  const at = ctx.now();
  await holdConversation(tx, { orgId, id, userId, at });
  if (heldBy === userId) return;
  await insertEvent(tx, { orgId, id: ctx.newId(), conversationId: id, kind: "taken_over", userId, at });
}
