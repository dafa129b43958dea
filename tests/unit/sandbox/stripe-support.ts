import Stripe from "stripe";
import type { RunningSandbox } from "@/tests/sandbox/start-sandbox";
import { type Receiver, SECRETS, startPair } from "./support";

/** The official SDK, of which only the host is changed. */
export function stripeOf({ url }: RunningSandbox, key = SECRETS.stripeSecretKey): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port: Number(port), protocol: "http", maxNetworkRetries: 0 });
}

export async function startStripe() {
  const { sandbox, receiver } = await startPair();
  return { sandbox, receiver, stripe: stripeOf(sandbox) };
}

/** What a rejected call was rejected with; a call that is not rejected fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw new Error(`Expected Stripe to refuse, got ${String(error)}.`);
}

/** The events which were delivered, by their signed bodies. */
export const deliveredTo = ({ got }: Receiver): Stripe.Event[] =>
  got.map(({ body, headers }) =>
    Stripe.webhooks.constructEvent(body, String(headers["stripe-signature"]), SECRETS.stripeWebhookSecret),
  );

const SUCCESS_URL = "http://app.test/credits?paid={CHECKOUT_SESSION_ID}";
export const CANCEL_URL = "http://app.test/credits?cancelled=1";

/** A session for the smallest pack, as the application would ask for it. */
export async function openSession(stripe: Stripe, more: Stripe.Checkout.SessionCreateParams = {}) {
  const customer = await stripe.customers.create({ email: "owner@brightside.test", name: "Brightside" });
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    customer: customer.id,
    line_items: [{ price: "price_starter", quantity: 1 }],
    payment_intent_data: {
      metadata: { organisation: "brightside" },
      setup_future_usage: "off_session",
      receipt_email: "owner@brightside.test",
    },
    adaptive_pricing: { enabled: false },
    success_url: SUCCESS_URL,
    cancel_url: CANCEL_URL,
    ...more,
  });
  return { customer, session };
}

export const GOOD_CARD = "4242424242424242";

interface Visited {
  status: number;
  location: string | null;
  text: string;
}

/** Goes to a page of the sandbox as a browser would, or sends its form; redirects are reported, not followed. */
export async function visit(url: string, form?: Record<string, string>): Promise<Visited> {
  const response = await fetch(url, {
    redirect: "manual",
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
  });
  return {
    status: response.status,
    location: response.headers.get("location"),
    text: await response.text(),
  };
}

/** What the hosted page's form sends. */
export const cardForm = (number: string, more: Record<string, string> = {}): Record<string, string> => ({
  number,
  expiry: "12 / 34",
  cvc: "123",
  name: "Sam Ortiz",
  ...more,
});
