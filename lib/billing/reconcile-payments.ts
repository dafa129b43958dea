import { type Ctx, requireSystem } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import { applySession } from "./apply-session";
import { endOrder } from "./end-order";
import { receiveStripeEvent } from "./receive-stripe-event";
import { unknownEvents } from "./store/events";
import { unfinishedOrders } from "./store/orders";
import { listEvents } from "./stripe/list-events";

export type Reconciled = { readonly events: number; readonly orders: number; readonly failed: number };

/** Younger orders are left to their customers and webhooks. */
const SETTLED_MS = 2 * 60_000;
const HOUR_MS = 3_600_000;
const MAX_ORDERS = 500;

/**
 * Repairs what never arrived: the events of the last hours that no webhook brought, and every order that has not ended.
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
      metrics.stripeEvents.inc({ via: "reconciliation", outcome: "missed" });
    }
  }
  let orders = 0;
  for (const order of await unfinishedOrders(new Date(ctx.now().getTime() - SETTLED_MS), MAX_ORDERS)) {
    const { sessionId } = order;
    const isOld = ctx.now().getTime() - order.createdAt.getTime() > HOUR_MS;
    orders += await attempt({ orderId: order.id }, async () => {
      if (sessionId) await applySession(ctx, sessionId, { order });
      else if (isOld) await endOrder(ctx, order);
    });
  }
  if (events + failed > 0) ctx.log.warn({ events, orders, failed }, "payments were reconciled");
  return { events, orders, failed };
}
