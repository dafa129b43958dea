import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import type { OutboundMessage } from "@/lib/inbox/core/message";
import { publishLive } from "@/lib/notify/live";
import { decideSend, type SendRefusal } from "./core/decide-send";
import { lockConversation } from "./store/conversations";
import { findOutbound, markSending, refuseSend } from "./store/outbound";

export type ClaimOutcome =
  | { readonly kind: "send"; readonly message: OutboundMessage }
  | { readonly kind: "refused"; readonly reason: SendRefusal }
  /** Sent, failed or withdrawn before; or sending when its process died, so that nobody knows. */
  | { readonly kind: "done" };

/**
 * Looks at a queued message once more at the moment of sending, under its conversation's lock: whether a person holds the
 * conversation by now, the customer has opted out, or the window has closed. What may go is marked as being sent.
 */
export async function claimMessage(ctx: Ctx, orgId: string, messageId: string): Promise<ClaimOutcome> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const claimed = await inTransaction(async (tx) => {
    const found = await findOutbound(tx, orgId, messageId);
    if (!found) return undefined;
    const conversation = await lockConversation(tx, orgId, found.conversationId);
    const current = await findOutbound(tx, orgId, messageId);
    if (!current) return undefined;
    const decision = decideSend({
      status: current.status,
      author: current.author,
      held: conversation.heldBy !== null,
      optedOut: current.optedOut,
      window: current.channel === "whatsapp" ? { endsAt: conversation.windowEndsAt } : null,
      now,
    });
    if (decision.kind === "send") await markSending(tx, orgId, messageId);
    if (decision.kind === "refused") await refuseSend(tx, orgId, messageId, decision.reason, now);
    return { decision, conversation, current };
  });
  if (!claimed || claimed.decision.kind === "done") return { kind: "done" };
  const { decision, conversation, current } = claimed;
  if (decision.kind === "refused") {
    publishLive({ type: "conversation/changed", orgId, conversationId: conversation.id });
    return decision;
  }
  const { channel, identity, to, body } = current;
  return { kind: "send", message: { orgId, messageId, channel, identity, to, body } };
}
