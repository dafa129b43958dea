import { expect, test } from "vitest";
import { openPlan, subscribed } from "./stripe-billing-support";
import { deliveredTo, failureOf, startStripe } from "./stripe-support";

test("prices of a bay and British VAT are there from the start", async () => {
  const { stripe } = await startStripe();
  const [monthly, yearly, vat] = [
    await stripe.prices.retrieve("price_bay_monthly", { expand: ["product"] }),
    await stripe.prices.retrieve("price_bay_yearly"),
    await stripe.taxRates.retrieve("txr_vat_20"),
  ];
  expect(monthly).toMatchObject({
    unit_amount: 10_000,
    currency: "gbp",
    tax_behavior: "exclusive",
    type: "recurring",
    recurring: { interval: "month", interval_count: 1, usage_type: "licensed" },
    product: { id: "prod_torqueflow", name: "Torqueflow" },
  });
  expect(yearly).toMatchObject({ unit_amount: 90_000, recurring: { interval: "year" } });
  expect(vat).toMatchObject({ display_name: "VAT", percentage: 20, inclusive: false, country: "GB" });
});

test("paying a Checkout session begins the subscription, with its first invoice paid and the card as its default", async () => {
  const { sandbox, stripe } = await startStripe();
  const { customer, session } = await openPlan(stripe, { quantity: 4 });
  expect(session).toMatchObject({
    mode: "subscription",
    amount_subtotal: 40_000,
    amount_total: 48_000,
    total_details: { amount_tax: 8_000 },
    subscription: null,
  });
  expect(await sandbox.control.stripe.pay(session.id)).toMatchObject({ outcome: "paid" });
  const complete = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription.latest_invoice.payments", "subscription.default_payment_method", "line_items"],
  });
  expect(complete).toMatchObject({
    status: "complete",
    payment_status: "paid",
    payment_intent: null,
    customer: customer.id,
    subscription: {
      status: "active",
      metadata: { organisation: "brightside" },
      default_payment_method: { card: { last4: "4242" }, customer: customer.id },
      items: { data: [{ quantity: 4, price: { id: "price_bay_monthly" } }] },
      latest_invoice: {
        status: "paid",
        billing_reason: "subscription_create",
        number: expect.stringMatching(/-0001$/),
        subtotal: 40_000,
        total: 48_000,
        amount_paid: 48_000,
        amount_remaining: 0,
        total_taxes: [
          { amount: 8_000, tax_behavior: "exclusive", tax_rate_details: { tax_rate: "txr_vat_20" } },
        ],
        parent: { subscription_details: { metadata: { organisation: "brightside" } } },
        payments: { data: [{ status: "paid", amount_paid: 48_000 }] },
      },
    },
  });
  expect(complete.invoice).toBe((await stripe.invoices.list({ customer: customer.id })).data[0]?.id);
});

test("a subscription by Checkout is told by events of the invoice, the subscription and the session", async () => {
  const { sandbox, receiver, stripe } = await startStripe();
  const { session } = await openPlan(stripe);
  await sandbox.control.stripe.pay(session.id);
  await sandbox.control.flush();
  const told = deliveredTo(receiver).map(({ type }) => type);
  expect(told.filter((type) => /^(customer\.subscription|invoice|checkout)/.test(type))).toEqual([
    "customer.subscription.created",
    "invoice.created",
    "invoice.finalized",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
    "customer.subscription.updated",
    "checkout.session.completed",
  ]);
});

test("a declined card begins no subscription, and the session stays open for another", async () => {
  const { sandbox, stripe } = await startStripe();
  const { session } = await openPlan(stripe);
  const declined = await sandbox.control.stripe.pay(session.id, { card: "4000000000009995" });
  expect(declined).toMatchObject({ outcome: "declined", declineCode: "insufficient_funds" });
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    status: "open",
    subscription: null,
    payment_intent: null,
  });
  expect((await sandbox.control.stripe.counts()).subscriptions).toBe(0);
  await sandbox.control.stripe.pay(session.id);
  expect(await sandbox.control.stripe.counts()).toMatchObject({ subscriptions: 1, paymentIntents: 1 });
});

test("a card with authentication begins the subscription once its holder has confirmed", async () => {
  const { sandbox, stripe } = await startStripe();
  const { session } = await openPlan(stripe);
  const asked = await sandbox.control.stripe.pay(session.id, { card: "4000002760003184" });
  if (asked.outcome !== "authentication") throw new Error(`Expected authentication, got ${asked.outcome}.`);
  expect((await sandbox.control.stripe.counts()).subscriptions).toBe(0);
  await sandbox.control.stripe.authenticate(asked.paymentIntent, true);
  const complete = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  expect(complete).toMatchObject({ status: "complete", subscription: { status: "active" } });
});

test("what does not go with a mode is refused", async () => {
  const { stripe } = await startStripe();
  const failed = (more: object) => failureOf(openPlan(stripe, {}, more));
  expect((await failed({ mode: "payment", subscription_data: undefined })).message).toContain(
    "recurring price",
  );
  expect((await failed({ payment_intent_data: { description: "x" } })).param).toBe("payment_intent_data");
  expect((await failed({ line_items: [{ price: "price_starter", quantity: 1 }] })).param).toBe("line_items");
});

test("by API the first invoice is charged to the customer's default card at once", async () => {
  const { stripe, sandbox } = await startStripe();
  const { subscription, customer } = await subscribed({ stripe, sandbox }, { quantity: 2 });
  const whole = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(whole).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 24_000 } });
  const { data } = await stripe.subscriptions.list({ customer: customer.id, status: "active" });
  expect(data.map(({ id }) => id)).toEqual([subscription.id]);
  const [item] = whole.items.data;
  const start = new Date((item?.current_period_start ?? 0) * 1_000);
  const end = new Date((item?.current_period_end ?? 0) * 1_000);
  expect((end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth()).toBe(
    1,
  );
});

test("a subscription whose first payment waits is incomplete, and active once its payment is confirmed", async () => {
  const { stripe } = await startStripe();
  const customer = await stripe.customers.create({ email: "owner@brightside.test" });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: "price_bay_yearly" }],
    payment_behavior: "default_incomplete",
    expand: ["latest_invoice.payments"],
  });
  expect(subscription).toMatchObject({
    status: "incomplete",
    latest_invoice: { status: "open", total: 90_000 },
  });
  const [payment] = (await stripe.invoicePayments.list({ invoice: idOf(subscription.latest_invoice) })).data;
  await stripe.paymentIntents.confirm(idOf(payment?.payment.payment_intent), {
    payment_method: "pm_card_visa",
  });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
});

test("without any card a subscription that is charged at once is refused", async () => {
  const { stripe } = await startStripe();
  const { id } = await stripe.customers.create({});
  const failure = await failureOf(
    stripe.subscriptions.create({ customer: id, items: [{ price: "price_bay_monthly" }] }),
  );
  expect(failure).toMatchObject({ statusCode: 400, code: "resource_missing" });
});

const idOf = (value: string | { id: string } | null | undefined): string =>
  typeof value === "string" ? value : (value?.id ?? "");
