import { type Ctx, requireSystem } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import { applySession } from "./apply-session";
import { applySubscription } from "./apply-subscription";
import { readSubscriptionSession } from "./apply-subscription-session";
import { endOrder } from "./end-order";
import { endSubscriptionOrder } from "./end-subscription-order";
import { receiveStripeEvent } from "./receive-stripe-event";
import { unknownEvents } from "./store/events";
import { unfinishedOrders } from "./store/orders";
import { unfinishedSubscriptionOrders } from "./store/subscription-orders";
import { unreadSubscriptions } from "./store/subscriptions";
import { listEvents } from "./stripe/list-events";

export type Reconciled = {
  readonly events: number;
  readonly orders: number;
  readonly subscriptions: number;
  readonly failed: number;
};

/** Younger orders are left to their customers and webhooks. */
const SETTLED_MS = 2 * 60_000;
const HOUR_MS = 3_600_000;
const MAX_ORDERS = 500;
/** How often a living subscription is read where no event tells of it. */
const DAY_MS = 24 * HOUR_MS;

/**
 * Repairs what never arrived: the events of the last hours that no webhook brought, every order that has not ended, and
 * every living subscription of which nothing was heard for a day.
 * One that fails does not stop the others; it is tried again in the next run.
 */
export async function reconcilePayments(
  ctx: Ctx,
  { hours }: { readonly hours: number },
): Promise<Reconciled> {
  requireSystem(ctx.actor);
  let failed = 0;
  const attempt = async (what: object, work: () => Promise<unknown>): Promise<number> => {
    try {
      await work();
      return 1;
    } catch (error) {
      failed += 1;
      ctx.log.error({ err: error, ...what }, "a payment could not be reconciled");
      return 0;
    }
  };
  let events = 0;
  for await (const page of listEvents(new Date(ctx.now().getTime() - hours * HOUR_MS))) {
    const missed = await unknownEvents(page.map((event) => event.id));
    for (const event of page.filter(({ id }) => missed.has(id))) {
      events += await attempt({ eventId: event.id }, () => receiveStripeEvent(ctx, event));
      metrics().stripeEvents.inc({ via: "reconciliation", outcome: "missed" });
    }
  }
  let orders = 0;
  const settled = new Date(ctx.now().getTime() - SETTLED_MS);
  const isOld = (order: { readonly createdAt: Date }): boolean =>
    ctx.now().getTime() - order.createdAt.getTime() > HOUR_MS;
  for (const order of await unfinishedOrders(settled, MAX_ORDERS)) {
    const { sessionId } = order;
    orders += await attempt({ orderId: order.id }, async () => {
      if (sessionId) await applySession(ctx, sessionId, { order });
      else if (isOld(order)) await endOrder(ctx, order);
    });
  }
  for (const order of await unfinishedSubscriptionOrders(settled, MAX_ORDERS)) {
    const { sessionId } = order;
    orders += await attempt({ orderId: order.id }, async () => {
      if (sessionId) await readSubscriptionSession(ctx, sessionId, order);
      else if (isOld(order)) await endSubscriptionOrder(ctx, order);
    });
  }
  let subscriptions = 0;
  for (const id of await unreadSubscriptions(new Date(ctx.now().getTime() - DAY_MS), MAX_ORDERS))
    subscriptions += await attempt({ subscriptionId: id }, () => applySubscription(ctx, id));
  const done = { events, orders, subscriptions, failed };
  if (events + failed > 0) ctx.log.warn(done, "payments were reconciled");
  return done;
}
