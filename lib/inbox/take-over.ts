import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { hold } from "./hold";
import { lockConversation } from "./store/conversations";
import { memberName } from "./store/members";
import { NAMELESS, type Person } from "./store/people";

/**
 * A member takes a conversation over: from now on the AI does not answer in it. Needs `messages.manage`.
 */
export async function takeOver(ctx: Ctx, orgId: string, conversationId: string): Promise<{ holder: Person }> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  const name = await inTransaction(async (tx) => {
    await hold(tx, ctx, await lockConversation(tx, orgId, conversationId), userId);
    return memberName(tx, userId);
  });
  publishLive({ type: "conversation/changed", orgId, conversationId });
  return { holder: { id: userId, name: name ?? NAMELESS } };
}
