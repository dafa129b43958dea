import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { MessageChannel } from "./core/message";
import { listStoredIds } from "./store/messages";

/** Which of these provider ids are messages of this organisation, inbound or outbound. For the system only. */
export async function storedMessages(
  ctx: Ctx,
  orgId: string,
  channel: MessageChannel,
  providerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  requireSystem(ctx.actor);
  return listStoredIds(orgId, channel, providerIds);
}
