import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { holdConversation, lockConversation } from "./store/conversations";

/**
 * A member takes a conversation over: from now on the AI does not answer in it. Needs `messages.manage`. `heldBy` is the
 * member's user id.
 */
export async function takeOver(ctx: Ctx, orgId: string, conversationId: string): Promise<{ heldBy: string }> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  await inTransaction(async (tx) => {
    await lockConversation(tx, orgId, conversationId);
    await holdConversation(tx, { orgId, id: conversationId, userId, at: ctx.now() });
  });
  publishLive({ type: "conversation/changed", orgId, conversationId });
  return { heldBy: userId };
}
