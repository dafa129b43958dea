import { authorize, type Ctx } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { lockConversation, setHolder } from "./store/conversations";

/** A member takes a conversation over: from now on the AI is silent in it. Needs `messages.manage`. */
export async function takeOver(ctx: Ctx, orgId: string, conversationId: string): Promise<{ heldBy: string }> {
  authorize(ctx.actor, orgId, "messages.manage");
  if (ctx.actor.kind !== "member")
    throw new AppError("forbidden", "Only a member of the garage can take over.");
  const { userId } = ctx.actor;
  await inTransaction(async (tx) => {
    await lockConversation(tx, orgId, conversationId);
    await setHolder(tx, { orgId, id: conversationId, userId, at: ctx.now() });
  });
  publishLive({ type: "conversation/changed", orgId, conversationId });
  return { heldBy: userId };
}
