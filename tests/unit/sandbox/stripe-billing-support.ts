import type Stripe from "stripe";
import type { RunningSandbox } from "@/tests/sandbox/start-sandbox";

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
