import { type Ctx, requireSystem } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import { applySession } from "./apply-session";
import { receiveStripeEvent } from "./receive-stripe-event";
import { moveCheckout, unfinishedCheckouts } from "./store/checkouts";
import { unknownEvents } from "./store/events";
import { listEvents } from "./stripe/list-events";

export type Reconciled = { readonly events: number; readonly checkouts: number; readonly failed: number };

/** Younger checkouts are left to their customers and webhooks. */
const SETTLED_MS = 2 * 60_000;
const HOUR_MS = 3_600_000;
const MAX_CHECKOUTS = 500;

/**
 * Repairs what never arrived: the events of the last hours that no webhook brought, and every checkout that has not ended.
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
  let checkouts = 0;
  for (const checkout of await unfinishedCheckouts(
    new Date(ctx.now().getTime() - SETTLED_MS),
    MAX_CHECKOUTS,
  )) {
    const { sessionId } = checkout;
    checkouts += await attempt({ checkoutId: checkout.id }, async () => {
      if (sessionId) await applySession(ctx, sessionId, { checkout });
      // Without a session nobody was ever given an address to pay at.
      else if (ctx.now().getTime() - checkout.createdAt.getTime() > HOUR_MS)
        await moveCheckout(checkout, "expired");
    });
  }
  if (events + failed > 0) ctx.log.warn({ events, checkouts, failed }, "payments were reconciled");
  return { events, checkouts, failed };
}
