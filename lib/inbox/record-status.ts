import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import type { StatusUpdate } from "./core/message";
import { followFailure } from "./follow-failure";
import { findOutboundFor } from "./store/outbound";
import { applyStatus, keepEarlyStatus } from "./store/statuses";

export type StatusOutcome = { readonly kind: "applied" | "early" };

/**
 * What became of a message of ours. Statuses come in any order, twice, and before the send has answered: each keeps its
 * own time, what is shown never goes back, and `failed` stands only where nothing better was seen. For the system only.
 */
export async function recordStatus(ctx: Ctx, orgId: string, update: StatusUpdate): Promise<StatusOutcome> {
  requireSystem(ctx.actor);
  const conversationId =
    update.status === "failed" ? await fail(ctx, orgId, update) : await applyStatus(orgId, update);
  if (!conversationId) {
    await keepEarlyStatus(orgId, update);
    return { kind: "early" };
  }
  publishLive({ type: "conversation/changed", orgId, conversationId });
  return { kind: "applied" };
}

function fail(
  ctx: Ctx,
  orgId: string,
  update: Extract<StatusUpdate, { status: "failed" }>,
): Promise<string | undefined> {
  return inTransaction(async (tx) => {
    const message = await findOutboundFor(tx, orgId, update);
    if (!message) return undefined;
    await followFailure(tx, ctx, message, update.failure, update.at);
    return applyStatus(orgId, update, tx);
  });
}
