import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { MessageChannel } from "./core/message";
import { countOnLine } from "./store/line-traffic";

/** How many of a garage's conversations were last written to this number of ours, and how many windows are open. For the system only. */
export async function conversationsOnLine(
  ctx: Ctx,
  orgId: string,
  channel: MessageChannel,
  identity: string,
): Promise<{ conversations: number; openWindows: number }> {
  requireSystem(ctx.actor);
  return countOnLine(orgId, channel, identity, ctx.now());
}
