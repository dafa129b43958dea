import type Stripe from "stripe";
import type { RunningSandbox } from "@/tests/sandbox/start-sandbox";
import { deliveredTo, startStripe } from "./stripe-support";

/** What a test of billing talks to. */
export interface Billing {
  stripe: Stripe;
  sandbox: RunningSandbox;
}

/** A Checkout session for the plan, as the application would ask for it. */
export async function openPlan(
  stripe: Stripe,
  { quantity = 1, price = "price_bay_monthly" }: { quantity?: number; price?: string } = {},
  more: Stripe.Checkout.SessionCreateParams = {},
) {
  const customer = await stripe.customers.create({ email: "owner@brightside.test", name: "Brightside" });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price, quantity, tax_rates: ["txr_vat_20"] }],
    subscription_data: { metadata: { organisation: "brightside" } },
    success_url: "http://app.test/settings/billing?plan=success&session_id={CHECKOUT_SESSION_ID}",
    cancel_url: "http://app.test/settings/billing?plan=cancelled",
    ...more,
  });
  return { customer, session };
}

/** A customer with a saved card and a subscription that is charged to it, VAT on top. */
export async function subscribed(
  { stripe, sandbox }: Billing,
  {
    quantity = 1,
    price = "price_bay_monthly",
    card,
  }: { quantity?: number; price?: string; card?: string } = {},
) {
  const customer = await stripe.customers.create({ email: "owner@brightside.test", name: "Brightside" });
  const method = await sandbox.control.stripe.saveCard({
    customer: customer.id,
    asDefault: true,
    ...(card === undefined ? {} : { card }),
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price, quantity }],
    default_tax_rates: ["txr_vat_20"],
    metadata: { organisation: "brightside" },
  });
  return { customer, method, subscription };
}

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

export async function billing() {
  const { sandbox, receiver, stripe } = await startStripe();
  return { sandbox, receiver, stripe };
}

export const statusOf = async ({ stripe }: Billing, id: string): Promise<string> =>
  (await stripe.subscriptions.retrieve(id)).status;

/** The period of a subscription's first item, in seconds. */
export async function periodOf({ stripe }: Billing, id: string): Promise<{ start: number; end: number }> {
  const [item] = (await stripe.subscriptions.retrieve(id)).items.data;
  return { start: item?.current_period_start ?? 0, end: item?.current_period_end ?? 0 };
}

/** Seconds from the sandbox's time to the end of the period. */
export async function untilRenewal({ stripe, sandbox }: Billing, id: string): Promise<number> {
  const { end } = await periodOf({ stripe, sandbox }, id);
  const { now } = await sandbox.control.advance(0);
  return Math.max(0, end - Math.floor(Date.parse(now) / 1_000));
}

/** The types of the events that were told, in order. */
export async function typesTold(
  { sandbox, receiver }: Awaited<ReturnType<typeof billing>>,
  fits: RegExp,
): Promise<string[]> {
  await sandbox.control.flush();
  return deliveredTo(receiver)
    .map(({ type }) => type as string)
    .filter((type) => fits.test(type));
}

/** A garage that subscribed 370 days ago, and so renewed about a dozen times. */
export async function lay({ sandbox }: Billing, more: object = {}) {
  const answer = await fetch(`${sandbox.url}/control/stripe/past`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      name: "millbrook",
      customer: { name: "Millbrook Motors", email: "owner@millbrook.test", metadata: { org_id: "org" } },
      card: "4242424242424242",
      price: "price_bay_monthly",
      bays: 4,
      startedAt: Math.floor(Date.now() / 1_000) - 370 * 86_400,
      refusedFrom: null,
      canceledAt: null,
      ...more,
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json() as Promise<{ customer: string; subscription: string }>;
}
