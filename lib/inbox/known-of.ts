import type { Ctx } from "@/lib/auth/context";
import { customerBehind } from "@/lib/garage/customer-behind";
import { getGarage } from "@/lib/garage/get-garage";
import { nextAppointmentOf } from "@/lib/garage/next-appointment";
import type { VehicleInHand } from "@/lib/garage/records";
import { vehiclesOf } from "@/lib/garage/vehicles-of";
import { firstNameOf, type KnownValues } from "./core/template-values";

type Addressee = { readonly phone: string | null; readonly name: string | null };

/** What templates and canned responses are filled in with: what the garage knows of whom it writes to. */
export async function knownOf(
  ctx: Ctx,
  orgId: string,
  addressee: Addressee | undefined,
): Promise<KnownValues> {
  const [garage, customer] = await Promise.all([
    getGarage(ctx, orgId),
    customerBehind(ctx, orgId, addressee?.phone ?? undefined),
  ]);
  const firstName = firstNameOf(customer?.name ?? addressee?.name ?? null);
  if (!customer) return { firstName, vehicle: null, garage: garage.name, appointment: null };
  const [vehicles, appointment] = await Promise.all([
    vehiclesOf(ctx, orgId, customer.id),
    nextAppointmentOf(ctx, orgId, customer.id),
  ]);
  return {
    firstName,
    vehicle: theVehicle(vehicles),
    garage: garage.name,
    appointment: appointment?.startsAt ?? null,
  };
}

/** The one that is ready to collect, else their only one. Of several nobody can tell which is meant. */
function theVehicle(vehicles: readonly VehicleInHand[]): VehicleInHand | null {
  const ready = vehicles.filter(({ work }) => work?.status === "ready");
  const [vehicle, ...others] = ready.length > 0 ? ready : vehicles;
  return vehicle && others.length === 0 ? vehicle : null;
}
