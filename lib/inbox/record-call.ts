import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import type { CustomerCall } from "./core/message";
import { newsFor } from "./core/news";
import { afterArrival } from "./core/written-to";
import { openConversation } from "./open-conversation";
import { updateConversation } from "./store/conversations";
import { keepCall } from "./store/messages";

/**
 * A customer's call over a messaging channel: one line in the conversation, told first that it rings and then how it
 * ended, in any order. It opens the window, is flagged when nobody picked up, and costs nothing. For the system only.
 */
export async function recordCall(
  ctx: Ctx,
  orgId: string,
  call: CustomerCall,
): Promise<{ readonly kind: "accepted" | "duplicate" }> {
  requireSystem(ctx.actor);
  const missed = call.end !== null && call.end.seconds === null;
  const { conversationId, changed } = await inTransaction(async (tx) => {
    const conversation = await openConversation(tx, ctx, { ...call, orgId });
    const conversationId = conversation.id;
    const kept = { orgId, id: ctx.newId(), conversationId, call, body: lineOf(call), receivedAt: ctx.now() };
    const changed = await keepCall(tx, kept);
    const news = { inboundAt: missed ? ctx.now() : null, degradedReason: null };
    if (changed)
      await updateConversation(tx, conversation, {
        ...newsFor(conversation, news, ctx.newId),
        ...afterArrival(conversation, { ...call, type: "call" }),
        lastMessageAt: call.at,
        attention: missed ? "missed-call" : null,
      });
    return { conversationId, changed };
  });
  const type = missed ? "notification/new-message" : "conversation/changed";
  if (changed) publishLive({ type, orgId, conversationId });
  return { kind: changed ? "accepted" : "duplicate" };
}

/** What staff read of it. */
function lineOf({ end }: CustomerCall): string {
  if (end === null) return "WhatsApp call";
  return end.seconds === null ? "Missed WhatsApp call" : `WhatsApp call, ${lengthOf(end.seconds)}`;
}

function lengthOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
