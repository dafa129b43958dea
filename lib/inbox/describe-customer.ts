import type { CustomerBrief } from "@/lib/ai/prompts";
import type { Ctx } from "@/lib/auth/context";
import { customerBehind } from "@/lib/garage/customer-behind";
import type { VehicleInHand } from "@/lib/garage/records";
import { vehiclesOf } from "@/lib/garage/vehicles-of";

/**
 * What the AI may know of whoever writes: the garage's record behind their number, where the garage lets it look that up, else
 * what they call themselves.
 */
export async function describeCustomer(
  ctx: Ctx,
  orgId: string,
  { phone, profileName }: { phone: string | null; profileName: string | null },
  mayLookUp: boolean,
): Promise<CustomerBrief> {
  if (!mayLookUp) return { name: null, profileName, vehicles: null };
  const customer = await customerBehind(ctx, orgId, phone ?? undefined);
  if (!customer) return { name: null, profileName, vehicles: [] };
  const vehicles = await vehiclesOf(ctx, orgId, customer.id);
  return { name: customer.name, profileName: null, vehicles: vehicles.map(lineFor) };
}

function lineFor({ registration, description, work }: VehicleInHand): string {
  const state = work ? `${work.title}, ${work.status.replaceAll("_", " ")}` : "no open work";
  return `${registration} (${description}): ${state}`;
}
