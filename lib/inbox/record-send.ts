import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import type { SendOutcome } from "./core/message";
import { followFailure } from "./follow-failure";
import { findOutbound, markFailed, markQueued, markSent, type StoredOutbound } from "./store/outbound";
import { applyStatus, takeEarlyStatuses } from "./store/statuses";

/** Records what a provider made of a send, and what follows. For the system only. */
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
    await record(tx, ctx, message, outcome);
    return message.conversationId;
  });
  if (conversationId) publishLive({ type: "conversation/changed", orgId, conversationId });
}

async function record(tx: Queryable, ctx: Ctx, message: StoredOutbound, outcome: SendOutcome): Promise<void> {
  const { orgId, id: messageId } = message;
  const at = ctx.now();
  switch (outcome.kind) {
    case "retry":
      return markQueued(tx, orgId, messageId);
    case "failed":
      await followFailure(tx, ctx, message, outcome, at);
      return markFailed(tx, { orgId, messageId, code: outcome.code, reason: outcome.reason, at });
    case "sent": {
      const { providerId, segments } = outcome;
      await markSent(tx, { orgId, messageId, providerId, segments, at });
      for (const early of await takeEarlyStatuses(tx, { orgId, channel: message.channel, providerId })) {
        if (early.status === "failed") await followFailure(tx, ctx, message, early.failure, early.at);
        await applyStatus(orgId, early, tx);
      }
    }
  }
}
