import type { Ctx } from "@/lib/auth/context";
import { findOwnCustomer } from "@/lib/garage/find-own-customer";
import { nextAppointmentOf } from "@/lib/garage/next-appointment";
import { vehiclesOf } from "@/lib/garage/vehicles-of";
import { sayLondonTime } from "@/lib/shared/london-time";
import { lookupInput } from "./definitions";
import { NO_MATCH, type ToolCaller, type ToolResult, told } from "./tool-result";

/** The caller's own record: name, vehicles and next appointment; never a number or an address. */
export async function customerLookup(ctx: Ctx, caller: ToolCaller, args: unknown): Promise<ToolResult> {
  const { orgId, callerNumber } = caller;
  const input = lookupInput.safeParse(args);
  if (!input.success) return NO_MATCH;
  const { registration, surname } = input.data;
  const customer = await findOwnCustomer(ctx, orgId, { callerNumber, registration, surname });
  if (!customer) return NO_MATCH;
  const [vehicles, next] = await Promise.all([
    vehiclesOf(ctx, orgId, customer.id),
    nextAppointmentOf(ctx, orgId, customer.id),
  ]);
  const owned = vehicles.map(({ description, registration }) => `${description} ${registration}`).join(", ");
  return told(
    [
      `Customer: ${customer.name}.`,
      owned === "" ? "No vehicles on record." : `Vehicles: ${owned}.`,
      next
        ? `Next appointment: ${next.service} on ${sayLondonTime(next.startsAt)}.`
        : "No appointment booked.",
    ].join(" "),
  );
}
