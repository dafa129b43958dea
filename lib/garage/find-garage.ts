import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { GarageProfile } from "./garage-profile";
import { readGarageByIdentity } from "./store/profiles";

/** The garage whose number or provider identity this is; undefined where it is no garage's. For the system only. */
export async function findGarage(
  ctx: Ctx,
  channel: "whatsapp" | "sms",
  identity: string,
): Promise<GarageProfile | undefined> {
  requireSystem(ctx.actor);
  return readGarageByIdentity(channel, identity);
}
