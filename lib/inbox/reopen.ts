import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { lockConversation } from "./store/conversations";
import { insertEvent } from "./store/events";
import { reopenConversation } from "./store/states";

/** A conversation that was done or set aside is open again. Needs `messages.manage`. */
export async function reopen(ctx: Ctx, orgId: string, conversationId: string): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "messages.manage");
  const changed = await inTransaction(async (tx) => {
    await lockConversation(tx, orgId, conversationId);
    const changed = await reopenConversation(tx, { orgId, id: conversationId });
    const event = { orgId, id: ctx.newId(), conversationId, kind: "reopened", userId } as const;
    if (changed) await insertEvent(tx, { ...event, at: ctx.now() });
    return changed;
  });
  if (changed) publishLive({ type: "conversation/changed", orgId, conversationId });
}
