import { authorizeStaff, type Ctx } from "@/lib/auth/context";
import type { MessageChannel } from "@/lib/channels/message";
import type { GarageProfile } from "./accept-message";
import { readGarageByIdentity } from "./store/garages";

/** Whose number or provider identity this is; undefined where it is nobody's. */
export async function findGarage(
  ctx: Ctx,
  channel: MessageChannel,
  identity: string,
): Promise<GarageProfile | undefined> {
  authorizeStaff(ctx.actor);
  return readGarageByIdentity(channel, identity);
}
