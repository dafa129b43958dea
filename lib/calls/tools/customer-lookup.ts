import type { Ctx } from "@/lib/auth/context";
import { findOwnCustomer } from "@/lib/garage/find-own-customer";
import { findNextAppointment, listVehicles } from "@/lib/garage/store/records";
import { sayLondonTime } from "@/lib/shared/london-time";
import { lookupInput } from "./definitions";
import { NO_MATCH, type ToolCaller, type ToolResult, told } from "./tool-result";

/** The caller's own record: name, vehicles and next appointment; never a number or an address. */
export async function customerLookup(ctx: Ctx, caller: ToolCaller, args: unknown): Promise<ToolResult> {
  const { orgId, callerNumber } = caller;
  const input = lookupInput.safeParse(args);
  if (!input.success) return NO_MATCH;
  const customer = await findOwnCustomer({ orgId, callerNumber, ...input.data });
  if (!customer) return NO_MATCH;
  const [vehicles, next] = await Promise.all([
    listVehicles(orgId, customer.id),
    findNextAppointment(orgId, customer.id, ctx.now()),
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
