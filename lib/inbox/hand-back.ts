import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { lockConversation, setHolder } from "./store/conversations";

/** Hands a conversation back to the AI, which answers from the next message on. Needs `messages.manage`. */
export async function handBack(ctx: Ctx, orgId: string, conversationId: string): Promise<void> {
  requireMember(ctx.actor, orgId, "messages.manage");
  await inTransaction(async (tx) => {
    await lockConversation(tx, orgId, conversationId);
    await setHolder(tx, { orgId, id: conversationId, userId: null, at: ctx.now() });
  });
  publishLive({ type: "conversation/changed", orgId, conversationId });
}
