import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { NextAppointment } from "./records";
import { findNextAppointment } from "./store/appointments";

/** The next appointment that a customer has; undefined where there is none to come. For the system only. */
export async function nextAppointmentOf(
  ctx: Ctx,
  orgId: string,
  customerId: string,
): Promise<NextAppointment | undefined> {
  requireSystem(ctx.actor);
  return findNextAppointment(orgId, customerId, ctx.now());
}
