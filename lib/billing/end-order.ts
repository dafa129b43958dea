import { type Ctx, requireSystem } from "@/lib/auth/context";
import { applySession } from "./apply-session";
import { expireLostSession } from "./expire-lost-session";
import { endWithoutSession, findOrder } from "./store/orders";
import { expireSession } from "./stripe/expire-session";

/**
 * Makes sure that an open order cannot be paid any more. Its session is expired at Stripe, and only Stripe's answer
 * ends the order: one that was paid meanwhile is credited.
 */
export async function endOrder(
  ctx: Ctx,
  { orgId, id: orderId }: { readonly orgId: string; readonly id: string },
): Promise<void> {
  requireSystem(ctx.actor);
  await expireLostSession(await findOrder({ orgId, orderId }));
  if (await endWithoutSession(orgId, orderId)) return;
  const order = await findOrder({ orgId, orderId });
  if (order?.status !== "open" || order.sessionId === null) return;
  await expireSession(order.sessionId);
  await applySession(ctx, order.sessionId, { order });
}
