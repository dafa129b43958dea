import type { Ctx } from "@/lib/auth/context";
import { findOwnCustomer } from "@/lib/garage/find-own-customer";
import { listLatestWorkOrders, listVehicles } from "@/lib/garage/store/records";
import { sayLondonTime } from "@/lib/shared/london-time";
import { lookupInput } from "./definitions";
import { NO_MATCH, type ToolCaller, type ToolResult, told } from "./tool-result";

const SAID: Readonly<Record<string, string>> = {
  booked: "is booked in",
  in_progress: "is being worked on",
  waiting_parts: "is waiting for parts",
  ready: "is ready to collect",
  collected: "has been collected",
};

/** How the work on the caller's own vehicle stands: the one whose registration they give, else all of theirs. */
export async function workOrderStatus(ctx: Ctx, caller: ToolCaller, args: unknown): Promise<ToolResult> {
  const { orgId, callerNumber } = caller;
  const input = lookupInput.safeParse(args);
  if (!input.success) return NO_MATCH;
  const { registration, surname } = input.data;
  const customer = await findOwnCustomer({ orgId, callerNumber, registration, surname });
  if (!customer) return NO_MATCH;
  const all = await listVehicles(orgId, customer.id);
  const vehicles =
    registration === undefined ? all : all.filter((vehicle) => vehicle.registration === registration);
  const orders = await listLatestWorkOrders(
    orgId,
    vehicles.map((vehicle) => vehicle.id),
  );
  const lines = orders.map((order) => {
    const vehicle = vehicles.find(({ id }) => id === order.vehicleId);
    const due =
      order.readyAt && order.readyAt > ctx.now() ? `, expected ready on ${sayLondonTime(order.readyAt)}` : "";
    return `${vehicle?.description} ${vehicle?.registration}: ${order.title} ${SAID[order.status] ?? "is in hand"}${due}.`;
  });
  return told(lines.length > 0 ? lines.join(" ") : "There is no work order for this customer's vehicle.");
}
