import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { StatusUpdate } from "@/lib/inbox/core/message";
import { publishLive } from "@/lib/notify/live";
import { applyStatus, keepEarlyStatus } from "./store/statuses";

export type StatusOutcome = { readonly kind: "applied" | "early" };

/**
 * What became of a message of ours. Statuses come in any order, twice, and before the send has answered: each keeps its
 * own time, what is shown never goes back, and `failed` stands only where nothing better was seen.
 */
export async function recordStatus(ctx: Ctx, orgId: string, update: StatusUpdate): Promise<StatusOutcome> {
  requireSystem(ctx.actor);
  const conversationId = await applyStatus(orgId, update);
  if (!conversationId) {
    await keepEarlyStatus(orgId, update);
    return { kind: "early" };
  }
  publishLive({ type: "conversation/changed", orgId, conversationId });
  return { kind: "applied" };
}
