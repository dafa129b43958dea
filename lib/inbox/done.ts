import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { refuseUnshown, type Shown } from "./refuse-unshown";
import { lockConversation } from "./store/conversations";
import { insertEvent } from "./store/events";
import { endConversation } from "./store/states";

/**
 * A conversation is dealt with: nothing in it waits, nobody holds it, and the AI is not asked about what came before. The
 * customer's next message reopens it, and is handled as if nobody had held it. Needs `messages.manage`. Throws
 * written_meanwhile where the customer has written after what the member's page showed.
 */
export async function done(
  ctx: Ctx,
  orgId: string,
  conversationId: string,
  shown: Shown = {},
): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  const at = ctx.now();
  const changed = await inTransaction(async (tx) => {
    const conversation = await lockConversation(tx, orgId, conversationId);
    if (conversation.doneAt === null) await refuseUnshown(tx, conversation, shown);
    const changed = await endConversation(tx, { orgId, id: conversationId, at });
    if (changed) await insertEvent(tx, { orgId, id: ctx.newId(), conversationId, kind: "done", userId, at });
    return changed;
  });
  if (changed) publishLive({ type: "conversation/changed", orgId, conversationId });
}
