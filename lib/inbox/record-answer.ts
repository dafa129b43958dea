import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { flagConversation, lockConversation } from "./store/conversations";
import { insertOutbound, type OutboundAuthor, recordIntent } from "./store/messages";

export type Answer = {
  readonly orgId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly classification: { readonly intent: string; readonly confidence: number } | null;
  /** What goes to the customer, and as whose words; null: nothing is sent. */
  readonly send: { readonly author: Extract<OutboundAuthor, "ai" | "canned">; readonly body: string } | null;
  /** Where a person shall look: why, and what the AI says of it. */
  readonly handOff: { readonly reason: string; readonly summary: string | null } | null;
};

/** Records how an inbound message was dealt with and queues what goes out, once a message. */
export async function recordAnswer(ctx: Ctx, answer: Answer): Promise<void> {
  requireSystem(ctx.actor);
  await inTransaction((tx) => store(tx, ctx, answer));
  publishLive({ type: "conversation/changed", orgId: answer.orgId, conversationId: answer.conversationId });
}

async function store(tx: Queryable, ctx: Ctx, answer: Answer): Promise<void> {
  const { orgId, conversationId, messageId } = answer;
  const conversation = await lockConversation(tx, orgId, conversationId);
  if (answer.classification) await recordIntent(tx, orgId, messageId, answer.classification);
  if (answer.handOff) await flagConversation(tx, { orgId, id: conversationId, ...answer.handOff });
  if (!answer.send) return;
  const { author, body } = answer.send;
  await insertOutbound(tx, {
    orgId,
    id: ctx.newId(),
    conversationId,
    channel: conversation.channel,
    author,
    body,
    sourceKey: `answer:${messageId}`,
    staffUserId: null,
    at: ctx.now(),
  });
}
