import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { newsFor } from "./core/news";
import { openConversation } from "./open-conversation";
import { updateConversation } from "./store/conversations";
import { memberName } from "./store/members";
import { insertInbound } from "./store/messages";

export type FileQuestionInput = {
  readonly orgId: string;
  readonly userId: string;
  readonly queryId: string;
  readonly question: string;
  readonly reason: DegradationReason;
};

/** Puts a mechanic's question, which the AI may not be asked, into the inbox for staff: once for its query. For the system only. */
export async function fileQuestion(ctx: Ctx, input: FileQuestionInput): Promise<void> {
  requireSystem(ctx.actor);
  const { orgId, userId: identity, reason } = input;
  const at = ctx.now();
  const channel = "diagnostics";
  const conversationId = await inTransaction(async (tx) => {
    const name = await memberName(tx, identity);
    const sender = { externalId: identity, canBeAnswered: true, ...(name ? { name } : {}) };
    const conversation = await openConversation(tx, ctx, { orgId, channel, sender, identity, at });
    const inbound = {
      id: ctx.newId(),
      message: { identity, providerId: input.queryId, type: "text", at },
      amended: { body: input.question, editedAt: null, revokedAt: null },
      handling: { kind: "degrade", reason, canned: false, late: false },
    } as const;
    await insertInbound(tx, conversation, inbound, at);
    const news = newsFor(conversation, { inboundAt: at, degradedReason: reason }, ctx.newId);
    await updateConversation(tx, conversation, {
      ...conversation,
      ...news,
      lastMessageAt: at,
      attention: reason,
    });
    return conversation.id;
  });
  publishLive({ type: "notification/new-message", orgId, conversationId });
}
