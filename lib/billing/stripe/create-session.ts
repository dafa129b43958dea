import type Stripe from "stripe";
import { env } from "@/lib/shared/env";
import { stripe } from "./client";
import { expireSession } from "./expire-session";
import { idempotencyKey } from "./idempotency-key";
import { metadataOf, type Origin } from "./origin";

export type SessionOrder = Origin & {
  readonly customerId: string;
  readonly stripePriceId: string;
  readonly packName: string;
  readonly pricePence: number;
  readonly receiptEmail: string;
  readonly createdAt: Date;
  /** The card of the billing page to which somebody returns who leaves without paying; its top where none is given. */
  readonly card?: string;
};

export type CreatedSession =
  | { readonly kind: "created"; readonly sessionId: string; readonly url: string }
  /** Stripe's price is not what we show for this pack. Nobody is sent there. */
  | { readonly kind: "other-price"; readonly amount: number | null; readonly currency: string | null };

/** Stripe's shortest is half an hour. */
export const OPEN_FOR_SECONDS = 3_600;

/** How long after it was placed an order without a session may still ask Stripe for it, with the same body. */
export const SESSION_RETRY_MS = 25 * 60_000;

/**
 * One session for one order: asking again after a lost answer finds the same one. The payment itself exists only once the
 * customer confirms.
 */
export async function createSession(order: SessionOrder): Promise<CreatedSession> {
  const params = paramsOf(order);
  const session = await stripe().checkout.sessions.create(params, {
    idempotencyKey: idempotencyKey(`order:${order.orderId}`, params),
  });
  if (session.currency !== "gbp" || session.amount_total !== order.pricePence) {
    await expireSession(session.id);
    return { kind: "other-price", amount: session.amount_total, currency: session.currency };
  }
  if (!session.url) throw new Error("a hosted Checkout session without an address");
  return { kind: "created", sessionId: session.id, url: session.url };
}

function paramsOf(order: SessionOrder): Stripe.Checkout.SessionCreateParams {
  const page = `${env().APP_URL}/settings/billing`;
  return {
    mode: "payment",
    customer: order.customerId,
    client_reference_id: order.orderId,
    line_items: [{ price: order.stripePriceId, quantity: 1 }],
    metadata: metadataOf(order),
    payment_intent_data: {
      metadata: metadataOf(order),
      description: `AI credits: ${order.packName}`,
      receipt_email: order.receiptEmail,
      setup_future_usage: "off_session",
    },
    // What is saved is charged off-session later, as cards alone can be.
    allowed_payment_method_types: ["card"],
    adaptive_pricing: { enabled: false },
    allow_promotion_codes: false,
    locale: "en-GB",
    expires_at: Math.floor(order.createdAt.getTime() / 1_000) + OPEN_FOR_SECONDS,
    success_url: `${page}?checkout=success&session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: `${page}?checkout=cancelled${order.card ? `#${order.card}` : ""}`,
  };
}
