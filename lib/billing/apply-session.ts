import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { applyPayment, type PaymentOutcome } from "./apply-payment";
import type { SubscriptionOutcome } from "./apply-subscription";
import { applySubscriptionSession } from "./apply-subscription-session";
import { orderStatus } from "./core/order-status";
import { followUnpaidTopUp } from "./follow-top-up";
import { keepEvent } from "./store/events";
import { findOrder, moveOrder, type Order } from "./store/orders";
import type { StripeEvent } from "./stripe/events";
import { readSession } from "./stripe/read-session";

type SessionCause = {
  /** The delivery that told us; stored together with its effects. */
  readonly event?: StripeEvent;
  /** The order that is asked about: it ends if Stripe no longer knows its session. */
  readonly order?: Order;
};

/**
 * Reads a Checkout session from Stripe and brings its order, and its payment if there is one, to where that says: an order
 * of a pack, or one of Choose Your Plan.
 */
export async function applySession(
  ctx: Ctx,
  sessionId: string,
  { event, order: asked }: SessionCause = {},
): Promise<PaymentOutcome | SubscriptionOutcome> {
  requireSystem(ctx.actor);
  const session = await readSession(sessionId);
  if (session?.subscribes) return applySubscriptionSession(ctx, session, event ? { event } : {});
  if (session?.paymentIntentId)
    return applyPayment(ctx, session.paymentIntentId, { session, ...(event ? { event } : {}) });
  const order = session ? session.origin && (await findOrder(session.origin)) : asked;
  await inTransaction(async (tx) => {
    if (event) await keepEvent(event, { orgId: order?.orgId, at: ctx.now() }, tx);
    if (!order) return;
    const status = session ? orderStatus(order.method, session, undefined) : "expired";
    await moveOrder(order, status, tx);
    if (status === "expired") await followUnpaidTopUp(ctx, tx, order);
  });
  return order ? "unpaid" : "not-ours";
}
