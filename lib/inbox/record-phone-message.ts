import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { enqueue } from "@/lib/queue/enqueue";
import { QUIET_MS } from "./core/ai-pause";
import { amend } from "./core/amendments";
import { mediaPartsOf } from "./core/media-parts";
import type { PhoneMessage } from "./core/message";
import { openConversation } from "./open-conversation";
import { amendmentsOf, amendStored } from "./store/amendments";
import { pauseAi } from "./store/conversations";
import { insertPhoneMessage } from "./store/phone-messages";

/**
 * What the garage typed on its own phone stands on the garage's side of the conversation. It costs nothing, answers what
 * came before it, and pauses the AI for half an hour, as if the conversation had been taken over. For the system only.
 */
export async function recordPhoneMessage(
  ctx: Ctx,
  orgId: string,
  message: PhoneMessage,
): Promise<{ readonly kind: "accepted" | "duplicate" }> {
  requireSystem(ctx.actor);
  const { conversationId, stored } = await inTransaction((tx) => store(tx, ctx, orgId, message));
  if (stored) publishLive({ type: "conversation/changed", orgId, conversationId });
  return { kind: stored ? "accepted" : "duplicate" };
}

async function store(
  tx: Queryable,
  ctx: Ctx,
  orgId: string,
  message: PhoneMessage,
): Promise<{ conversationId: string; stored: boolean }> {
  const { type, refersTo, body, at } = message;
  const conversation = await openConversation(tx, ctx, { ...message, orgId, sender: message.customer });
  const conversationId = conversation.id;
  const amendments = await amendmentsOf(tx, conversation, [message.providerId]);
  const amended = amend(message, amendments);
  const messageId = ctx.newId();
  const stored = await insertPhoneMessage(tx, {
    orgId,
    id: messageId,
    conversationId,
    message,
    amended,
    receivedAt: ctx.now(),
  });
  if (!stored) return { conversationId, stored };
  if (mediaPartsOf(message).length > 0) await enqueue(tx, "fetch-media", { orgId, messageId });
  if (type === "echo") {
    await pauseAi(tx, { orgId, id: conversationId, at, until: new Date(at.getTime() + QUIET_MS) });
  } else if (refersTo !== undefined) {
    await amendStored(tx, conversation, "staff", [{ type, refersTo, body, at }]);
  }
  return { conversationId, stored };
}
