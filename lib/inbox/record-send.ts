import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import type { MessageChannel, SendOutcome } from "@/lib/inbox/core/message";
import { publishLive } from "@/lib/notify/live";
import { recordConsent } from "./store/contacts";
import {
  closeWindow,
  flagConversation,
  type LockedConversation,
  lockConversation,
} from "./store/conversations";
import { findOutbound, markFailed, markQueued, markSent } from "./store/outbound";
import { applyStatus, takeEarlyStatuses } from "./store/statuses";

/** Records what a provider made of a send, and what follows: a closed window, an opt-out, a person who must know. */
export async function recordSend(
  ctx: Ctx,
  orgId: string,
  messageId: string,
  outcome: SendOutcome,
): Promise<void> {
  requireSystem(ctx.actor);
  const conversationId = await inTransaction(async (tx) => {
    const message = await findOutbound(tx, orgId, messageId);
    if (!message) return undefined;
    // The contact before its conversation, as every inbound message locks them.
    if (outcome.kind === "failed" && outcome.next === "opted-out")
      await recordOptOut(tx, ctx, orgId, message.contactId);
    const conversation = await lockConversation(tx, orgId, message.conversationId);
    if (outcome.kind === "retry") await markQueued(tx, orgId, messageId);
    if (outcome.kind === "sent")
      await recordSent(tx, ctx, { ...conversation, channel: message.channel }, messageId, outcome);
    if (outcome.kind === "failed") await recordFailed(tx, ctx, conversation, messageId, outcome);
    return conversation.id;
  });
  if (conversationId) publishLive({ type: "conversation/changed", orgId, conversationId });
}

async function recordSent(
  tx: Queryable,
  ctx: Ctx,
  { orgId, channel, identity }: LockedConversation & { channel: MessageChannel },
  messageId: string,
  outcome: Extract<SendOutcome, { kind: "sent" }>,
): Promise<void> {
  const { providerId } = outcome;
  await markSent(tx, { orgId, messageId, providerId, segments: outcome.segments ?? null, at: ctx.now() });
  for (const early of await takeEarlyStatuses(tx, { orgId, channel, identity, providerId })) {
    await applyStatus(orgId, early, tx);
  }
}

async function recordFailed(
  tx: Queryable,
  ctx: Ctx,
  conversation: LockedConversation,
  messageId: string,
  outcome: Extract<SendOutcome, { kind: "failed" }>,
): Promise<void> {
  const { orgId, id } = conversation;
  const at = ctx.now();
  await markFailed(tx, { orgId, messageId, code: outcome.code ?? null, reason: outcome.reason, at });
  if (outcome.next === "close-window") await closeWindow(tx, orgId, id, at);
  if (outcome.next === "alert-operator") {
    ctx.log.error({ orgId, code: outcome.code }, "a channel refuses to send: an operator must look");
  }
  await flagConversation(tx, { orgId, id, reason: "not-delivered", summary: null });
}

async function recordOptOut(tx: Queryable, ctx: Ctx, orgId: string, contactId: string): Promise<void> {
  const consent = { orgId, contactId, id: ctx.newId(), kind: "opt_out", source: "provider-error" } as const;
  await recordConsent(tx, { ...consent, at: ctx.now() });
}
