import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { upsertContact } from "./store/contacts";
import { lockContactConversation, touchConversation } from "./store/conversations";
import { memberName } from "./store/members";
import { insertInbound } from "./store/messages";

export type FileQuestionInput = {
  readonly orgId: string;
  readonly userId: string;
  readonly queryId: string;
  readonly question: string;
  readonly reason: DegradationReason;
};

/** Puts a mechanic's question, which the AI may not be asked, into the inbox for staff: once a query. */
export async function fileQuestion(ctx: Ctx, input: FileQuestionInput): Promise<void> {
  requireSystem(ctx.actor);
  const { orgId, userId, reason } = input;
  const at = ctx.now();
  const channel = "diagnostics";
  const conversationId = await inTransaction(async (tx) => {
    const name = await memberName(tx, userId);
    const sender = { externalId: userId, canBeAnswered: true, ...(name ? { name } : {}) };
    const contact = await upsertContact(tx, { orgId, channel, sender, newId: ctx.newId(), at });
    const { id } = await lockContactConversation(tx, {
      orgId,
      newId: ctx.newId(),
      contactId: contact.id,
      channel,
      identity: userId,
      at,
    });
    const message = {
      channel,
      identity: userId,
      providerId: input.queryId,
      sender,
      type: "text",
      body: input.question,
      at,
      wantsAnswer: true,
    } as const;
    await insertInbound(tx, {
      orgId,
      id: ctx.newId(),
      conversationId: id,
      message,
      degraded: reason,
      receivedAt: at,
    });
    await touchConversation(tx, {
      orgId,
      id,
      identity: userId,
      at,
      windowEndsAt: null,
      attention: reason,
      degraded: reason,
    });
    return id;
  });
  publishLive({ type: "notification/new-message", orgId, conversationId });
}
