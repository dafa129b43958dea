import { type Ctx, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { applyPayment, type PaymentOutcome } from "./apply-payment";
import { checkoutStatus } from "./core/decide-payment";
import { type Checkout, findCheckout, moveCheckout } from "./store/checkouts";
import { keepEvent } from "./store/events";
import type { StripeEvent } from "./stripe/events";
import { readSession } from "./stripe/read-session";

type SessionCause = {
  /** The delivery that told us; stored together with its effects. */
  readonly event?: StripeEvent;
  /** The checkout that is asked about: it ends if Stripe knows its session no more. */
  readonly checkout?: Checkout;
};

/** Reads a Checkout session from Stripe and brings its checkout, and its payment if there is one, to where that says. */
export async function applySession(
  ctx: Ctx,
  sessionId: string,
  { event, checkout: asked }: SessionCause = {},
): Promise<PaymentOutcome> {
  requireSystem(ctx.actor);
  const session = await readSession(sessionId);
  if (session?.paymentIntentId)
    return applyPayment(ctx, session.paymentIntentId, { session, ...(event ? { event } : {}) });
  const checkout = session ? session.origin && (await findCheckout(session.origin)) : asked;
  const status = session ? checkoutStatus(session, undefined) : "expired";
  await inTransaction(async (tx) => {
    if (event) await keepEvent(tx, event, { orgId: checkout?.orgId, at: ctx.now() });
    if (checkout) await moveCheckout(checkout, status, tx);
  });
  return checkout ? "unpaid" : "not-ours";
}
