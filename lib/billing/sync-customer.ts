import { type Ctx, requireSystem } from "@/lib/auth/context";
import { saveDefaultCard } from "./stripe/default-card";

/** A saved card becomes the customer's default when there is none: the newest one. */
export async function syncCustomer(ctx: Ctx, customerId: string): Promise<void> {
  requireSystem(ctx.actor);
  const outcome = await saveDefaultCard(customerId);
  ctx.log.debug({ customerId, outcome }, "a customer's default card was looked at");
}
