import { authorizeStaff, type Ctx } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { applyPayment, type PaymentOutcome } from "./apply-payment";
import { checkoutStatus } from "./core/decide-payment";
import { findCheckout, moveCheckout } from "./store/checkouts";
import { keepEvent } from "./store/events";
import type { StripeEvent } from "./stripe/events";
import { readSession } from "./stripe/read-session";

/** Reads a Checkout session from Stripe and brings its checkout, and its payment if there is one, to where that says. */
export async function applySession(
  ctx: Ctx,
  sessionId: string,
  event?: StripeEvent,
): Promise<PaymentOutcome> {
  authorizeStaff(ctx.actor);
  const session = await readSession(sessionId);
  if (session?.paymentIntentId)
    return applyPayment(ctx, session.paymentIntentId, { session, ...(event ? { event } : {}) });
  const checkout = session?.origin && (await findCheckout(session.origin));
  await inTransaction(async (tx) => {
    if (event) await keepEvent(tx, event, { orgId: checkout?.orgId, at: ctx.now() });
    if (checkout) await moveCheckout(checkout, checkoutStatus(session, undefined), tx);
  });
  return checkout ? "unpaid" : "not-ours";
}
