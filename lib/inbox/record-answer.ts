import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import type { AttentionReason } from "./core/attention";
import { lockConversation } from "./store/conversations";
import {
  type Aftermath,
  insertOutbound,
  type OutboundAuthor,
  readRecent,
  recordAftermath,
} from "./store/messages";
import { wantPerson } from "./want-person";

export type Answer = {
  readonly orgId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly aftermath: Aftermath;
  readonly classification: { readonly intent: string; readonly confidence: number } | null;
  /** What goes to the customer, and as whose words; null: nothing is sent. */
  readonly send: { readonly author: Extract<OutboundAuthor, "ai" | "canned">; readonly body: string } | null;
  /** Where a person shall look: why, and what the AI says of it. */
  readonly handOff: { readonly reason: AttentionReason; readonly summary: string | null } | null;
};

/** Records how an inbound message was dealt with and queues what goes out, once for a message. For the system only. */
export async function recordAnswer(ctx: Ctx, answer: Answer): Promise<void> {
  requireSystem(ctx.actor);
  await inTransaction((tx) => store(tx, ctx, answer));
  publishLive({ type: "conversation/changed", orgId: answer.orgId, conversationId: answer.conversationId });
}

async function store(tx: Queryable, ctx: Ctx, answer: Answer): Promise<void> {
  const { orgId, conversationId, messageId, send } = answer;
  const now = ctx.now();
  const conversation = await lockConversation(tx, orgId, conversationId);
  await recordAftermath(tx, orgId, messageId, answer.aftermath, answer.classification);
  if (answer.handOff) await wantPerson(tx, ctx, conversation, answer.handOff);
  if (!send) return;
  // That a person will answer is said once, however many messages the AI hands over at a time.
  if (send.author === "canned" && (await readRecent(tx, conversation, now)).recentCanned > 0) return;
  await insertOutbound(tx, {
    orgId,
    id: ctx.newId(),
    conversationId,
    channel: conversation.channel,
    ...send,
    sourceKey: `answer:${messageId}`,
    at: now,
  });
}
