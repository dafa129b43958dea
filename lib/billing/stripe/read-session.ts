import type Stripe from "stripe";
import type { SessionFacts } from "../core/order-status";
import { stripe } from "./client";
import { isMissing } from "./errors";
import { type Origin, originOf, type SubscriptionOrigin, subscriptionOriginOf } from "./origin";

export type CheckoutSession = SessionFacts & {
  readonly origin: Origin | undefined;
  /** None until the customer confirms. */
  readonly paymentIntentId: string | undefined;
  readonly url: string | undefined;
  /** The session is one of Choose Your Plan. */
  readonly subscribes: boolean;
  readonly subscriptionOrigin: SubscriptionOrigin | undefined;
  /** None until the customer has paid. */
  readonly subscriptionId: string | undefined;
};

/** A Checkout session as Stripe has it now; undefined if Stripe knows none. */
export async function readSession(sessionId: string): Promise<CheckoutSession | undefined> {
  try {
    return toSession(await stripe().checkout.sessions.retrieve(sessionId));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function toSession(session: Stripe.Checkout.Session): CheckoutSession {
  const { payment_intent: intent, subscription } = session;
  return {
    status: session.status ?? "open",
    origin: originOf(session.metadata),
    paymentIntentId: typeof intent === "string" ? intent : intent?.id,
    url: session.url ?? undefined,
    subscribes: session.mode === "subscription",
    subscriptionOrigin: subscriptionOriginOf(session.metadata),
    subscriptionId: typeof subscription === "string" ? subscription : subscription?.id,
  };
}
