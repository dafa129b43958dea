import { type Ctx, requireSystem } from "@/lib/auth/context";
import { readSubscriptionSession } from "./apply-subscription-session";
import { expireLostSession } from "./expire-lost-session";
import {
  endSubscriptionOrderWithoutSession,
  findSubscriptionOrder,
  type SubscriptionOrder,
} from "./store/subscription-orders";
import { expireSession } from "./stripe/expire-session";

/**
 * Makes sure that an order at Choose Your Plan cannot be paid any more. Its session is expired at Stripe, and only
 * Stripe's answer ends the order: one that was paid meanwhile is applied.
 */
export async function endSubscriptionOrder(
  ctx: Ctx,
  { orgId, id: orderId }: Pick<SubscriptionOrder, "orgId" | "id">,
): Promise<void> {
  requireSystem(ctx.actor);
  await expireLostSession(await findSubscriptionOrder({ orgId, orderId }));
  if (await endSubscriptionOrderWithoutSession(orgId, orderId)) return;
  const order = await findSubscriptionOrder({ orgId, orderId });
  if (order?.status !== "open" || order.sessionId === null) return;
  await expireSession(order.sessionId);
  await readSubscriptionSession(ctx, order.sessionId, order);
}
