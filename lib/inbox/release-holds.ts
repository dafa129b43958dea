import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { release } from "./release";
import { lockConversation } from "./store/conversations";
import { insertEvent } from "./store/events";
import { listAssignedToLeaver, listHeldByLeaver } from "./store/leavers";
import { assignConversation } from "./store/states";

/**
 * Whoever has left a garage, or its inbox for another role, holds nothing there and looks after nothing: their conversations
 * go back to the AI or to the team. For the system only.
 */
export async function releaseHolds(
  ctx: Ctx,
  { orgId, userId }: { orgId: string; userId: string },
): Promise<void> {
  requireSystem(ctx.actor);
  for (const conversationId of await listHeldByLeaver(orgId, userId))
    await release(ctx, { orgId, conversationId, by: null });
  for (const conversationId of await listAssignedToLeaver(orgId, userId))
    await backToTeam(ctx, orgId, conversationId);
}

async function backToTeam(ctx: Ctx, orgId: string, conversationId: string): Promise<void> {
  await inTransaction(async (tx) => {
    await lockConversation(tx, orgId, conversationId);
    await assignConversation(tx, { orgId, id: conversationId, to: null });
    const event = { orgId, id: ctx.newId(), conversationId, kind: "assigned", userId: null } as const;
    await insertEvent(tx, { ...event, toUserId: null, at: ctx.now() });
  });
  publishLive({ type: "conversation/changed", orgId, conversationId });
}
