import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { applySubscription, type SubscriptionOutcome } from "./apply-subscription";
import { keepEvent } from "./store/events";
import {
  expireSubscriptionOrder,
  findSubscriptionOrder,
  type SubscriptionOrder,
} from "./store/subscription-orders";
import type { StripeEvent } from "./stripe/events";
import { type CheckoutSession, readSession } from "./stripe/read-session";

/**
 * Brings an order at Choose Your Plan, and its subscription if there is one, to where Stripe's session says.
 *
 * @param session as it was just read; undefined if Stripe knows none: then the order that was asked about ends.
 */
export async function applySubscriptionSession(
  ctx: Ctx,
  session: CheckoutSession | undefined,
  { event, order: asked }: { readonly event?: StripeEvent; readonly order?: SubscriptionOrder } = {},
): Promise<SubscriptionOutcome | "unpaid"> {
  requireSystem(ctx.actor);
  if (session?.subscriptionId) return applySubscription(ctx, session.subscriptionId, event ? { event } : {});
  const { subscriptionOrigin: origin } = session ?? {};
  const order =
    origin?.orderId === undefined
      ? asked
      : await findSubscriptionOrder({ orgId: origin.orgId, orderId: origin.orderId });
  await inTransaction(async (tx) => {
    if (event) await keepEvent(event, { orgId: order?.orgId, at: ctx.now() }, tx);
    if (order && session?.status !== "open" && session?.status !== "complete")
      await expireSubscriptionOrder(tx, order.orgId, order.id);
  });
  return order ? "unpaid" : "not-ours";
}

/** The same for a session that is not read yet. */
export const readSubscriptionSession = async (
  ctx: Ctx,
  sessionId: string,
  order: SubscriptionOrder,
): Promise<SubscriptionOutcome | "unpaid"> =>
  applySubscriptionSession(ctx, await readSession(sessionId), { order });
