import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { VehicleInHand } from "./records";
import { listVehicles } from "./store/records";

/**
 * A customer's vehicles by registration, at most ten, or the one of this registration, each with its newest work order.
 * For the system only.
 */
export async function vehiclesOf(
  ctx: Ctx,
  orgId: string,
  customerId: string,
  registration?: string,
): Promise<VehicleInHand[]> {
  requireSystem(ctx.actor);
  return listVehicles(orgId, customerId, registration);
}
