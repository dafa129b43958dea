import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { applyPayment } from "./apply-payment";
import { applySession } from "./apply-session";
import { applySubscription } from "./apply-subscription";
import { isKnownEvent, keepEvent } from "./store/events";
import type { StripeEvent } from "./stripe/events";

/**
 * Acts on an event and stores it, in one transaction. An event only says that something changed: what is true now is read
 * from Stripe. A second delivery finds the first one's row. Throws where we failed, so that Stripe delivers again.
 */
export async function receiveStripeEvent(
  ctx: Ctx,
  event: StripeEvent,
): Promise<"handled" | "stored" | "duplicate"> {
  requireSystem(ctx.actor);
  if (await isKnownEvent(event.id)) return "duplicate";
  const { subject } = event;
  switch (subject.kind) {
    case "session":
      return (await applySession(ctx, subject.id, { event })) === "duplicate" ? "duplicate" : "handled";
    case "payment":
      return (await applyPayment(ctx, subject.id, { event })) === "duplicate" ? "duplicate" : "handled";
    case "subscription": {
      const { id, kind: _kind, ...told } = subject;
      return (await applySubscription(ctx, id, { event, ...told })) === "duplicate" ? "duplicate" : "handled";
    }
    case "customer":
      await inTransaction(async (tx) => {
        if (await keepEvent(event, { orgId: undefined, at: ctx.now() }, tx))
          await enqueue(tx, "sync-customer", { customerId: subject.id });
      });
      return "handled";
    case "none":
      await keepEvent(event, { orgId: undefined, at: ctx.now() });
      return "stored";
  }
}
