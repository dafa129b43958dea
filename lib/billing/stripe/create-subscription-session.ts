import type Stripe from "stripe";
import { env } from "@/lib/shared/env";
import { stripe } from "./client";
import { type CreatedSession, OPEN_FOR_SECONDS } from "./create-session";
import { expireSession } from "./expire-session";
import { idempotencyKey } from "./idempotency-key";
import { type Origin, subscriptionMetadataOf } from "./origin";

export type SubscriptionSessionOrder = Origin & {
  readonly customerId: string;
  readonly priceId: string;
  readonly taxRateId: string;
  readonly bays: number;
  /** A bay and interval, without VAT. */
  readonly unitPence: number;
  readonly createdAt: Date;
};

/** One session for one order: asking again after a lost answer finds the same one. Receipts are Stripe's invoices. */
export async function createSubscriptionSession(order: SubscriptionSessionOrder): Promise<CreatedSession> {
  const params = paramsOf(order);
  const session = await stripe().checkout.sessions.create(params, {
    idempotencyKey: idempotencyKey(`subscription-order:${order.orderId}`, params),
  });
  if (session.currency !== "gbp" || session.amount_subtotal !== order.bays * order.unitPence) {
    await expireSession(session.id);
    return { kind: "other-price", amount: session.amount_subtotal, currency: session.currency };
  }
  if (!session.url) throw new Error("a hosted Checkout session without an address");
  return { kind: "created", sessionId: session.id, url: session.url };
}

function paramsOf(order: SubscriptionSessionOrder): Stripe.Checkout.SessionCreateParams {
  const page = `${env().APP_URL}/settings/billing`;
  return {
    mode: "subscription",
    customer: order.customerId,
    client_reference_id: order.orderId,
    line_items: [{ price: order.priceId, quantity: order.bays }],
    metadata: subscriptionMetadataOf(order),
    subscription_data: {
      metadata: subscriptionMetadataOf(order),
      default_tax_rates: [order.taxRateId],
    },
    payment_method_collection: "always",
    // What is saved is charged off-session later, as cards alone can be.
    allowed_payment_method_types: ["card"],
    adaptive_pricing: { enabled: false },
    allow_promotion_codes: false,
    locale: "en-GB",
    expires_at: Math.floor(order.createdAt.getTime() / 1_000) + OPEN_FOR_SECONDS,
    success_url: `${page}?plan=success&session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: `${page}?plan=cancelled`,
  };
}
