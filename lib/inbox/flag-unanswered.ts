import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import type { MessageChannel } from "@/lib/inbox/core/message";
import { publishLive } from "@/lib/notify/live";
import { findConversationOf, leaveUnanswered, lockConversation } from "./store/conversations";
import { wantPerson } from "./want-person";

/** A message that should have been answered and was not: a person must. */
export async function flagUnanswered(
  ctx: Ctx,
  orgId: string,
  channel: MessageChannel,
  providerId: string,
): Promise<void> {
  requireSystem(ctx.actor);
  const conversationId = await inTransaction(async (tx) => {
    const id = await findConversationOf(tx, orgId, channel, providerId);
    if (id === undefined) return undefined;
    const conversation = await lockConversation(tx, orgId, id);
    if (!(await leaveUnanswered(tx, orgId, channel, providerId))) return undefined;
    await wantPerson(tx, ctx, conversation, { reason: "ai-failed", summary: null });
    return id;
  });
  if (conversationId) publishLive({ type: "conversation/changed", orgId, conversationId });
}
