import type { Ctx } from "@/lib/auth/context";
import { findOwnCustomer } from "@/lib/garage/find-own-customer";
import { vehiclesOf } from "@/lib/garage/vehicles-of";
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
  const customer = await findOwnCustomer(ctx, orgId, { callerNumber, registration, surname });
  if (!customer) return NO_MATCH;
  const vehicles = await vehiclesOf(ctx, orgId, customer.id, registration);
  const lines = vehicles.flatMap(({ description, registration: plate, work }) => {
    if (!work) return [];
    const due =
      work.readyAt && work.readyAt > ctx.now() ? `, expected ready on ${sayLondonTime(work.readyAt)}` : "";
    return [`${description} ${plate}: ${work.title} ${SAID[work.status] ?? "is in hand"}${due}.`];
  });
  return told(lines.length > 0 ? lines.join(" ") : "There is no work order for this customer's vehicle.");
}
