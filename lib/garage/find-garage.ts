import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { GarageProfile } from "@/lib/inbox/accept-message";
import type { MessageChannel } from "@/lib/inbox/core/message";
import { readGarageByIdentity } from "./store/profiles";

/** Whose number or provider identity this is; undefined where it is nobody's. */
export async function findGarage(
  ctx: Ctx,
  channel: MessageChannel,
  identity: string,
): Promise<GarageProfile | undefined> {
  requireSystem(ctx.actor);
  return readGarageByIdentity(channel, identity);
}
