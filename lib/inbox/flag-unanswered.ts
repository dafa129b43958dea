import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { MessageChannel } from "@/lib/inbox/core/message";
import { publishLive } from "@/lib/notify/live";
import { flagByProviderId } from "./store/conversations";

/** A message that should have been answered and was not: a person must. */
export async function flagUnanswered(
  ctx: Ctx,
  orgId: string,
  channel: MessageChannel,
  providerId: string,
): Promise<void> {
  requireSystem(ctx.actor);
  const conversationId = await flagByProviderId(orgId, channel, providerId, "ai-failed");
  if (conversationId) publishLive({ type: "conversation/changed", orgId, conversationId });
}
