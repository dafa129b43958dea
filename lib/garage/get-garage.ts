import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { GarageProfile } from "./garage-profile";
import { readGarage } from "./store/profiles";

/** A garage by its organisation. Throws where there is none. For the system only. */
export async function getGarage(ctx: Ctx, orgId: string): Promise<GarageProfile> {
  requireSystem(ctx.actor);
  const garage = await readGarage(orgId);
  if (!garage) throw new Error("an organisation without a garage");
  return garage;
}
