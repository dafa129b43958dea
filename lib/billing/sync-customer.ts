import { authorizeStaff, type Ctx } from "@/lib/auth/context";
import { saveDefaultCard } from "./stripe/default-card";

/** A saved card becomes the customer's default when there is none: the newest one. */
export async function syncCustomer(ctx: Ctx, customerId: string): Promise<void> {
  authorizeStaff(ctx.actor);
  const outcome = await saveDefaultCard(customerId);
  ctx.log.debug({ customerId, outcome }, "a customer's default card was looked at");
}
