import { expect, test } from "vitest";
import {
  billing,
  DAY,
  HOUR,
  periodOf,
  statusOf,
  subscribed,
  typesTold,
  untilRenewal,
} from "./stripe-billing-support";
import { deliveredTo, failureOf } from "./stripe-support";

type It = Awaited<ReturnType<typeof billing>>;

const itemOf = async ({ stripe }: It, id: string): Promise<string> =>
  (await stripe.subscriptions.retrieve(id)).items.data[0]?.id ?? "";

/** Puts the clock so far that half of the period is left. */
async function halfway(it: It, id: string): Promise<void> {
  const { start, end } = await periodOf(it, id);
  await it.sandbox.control.advance((await untilRenewal(it, id)) - (end - start) / 2);
}

test("another quantity leaves a credit and a charge for the rest of the period to the next invoice", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it, { quantity: 4 });
  await halfway(it, subscription.id);
  const item = await itemOf(it, subscription.id);
  const changed = await it.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 6 }],
  });
  expect(changed.items.data).toMatchObject([{ id: item, quantity: 6 }]);
  expect(changed.latest_invoice).toBe(subscription.latest_invoice);
  const { data: waiting } = await it.stripe.invoiceItems.list({ customer: customer.id, pending: true });
  const amounts = waiting.map(({ amount, proration }) => [amount, proration]);
  expect(amounts).toEqual([
    [expect.closeTo(30_000, -1), true],
    [expect.closeTo(-20_000, -1), true],
  ]);
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + 2 * HOUR);
  const [invoice] = (await it.stripe.invoices.list({ customer: customer.id })).data;
  expect(invoice?.subtotal).toBe(60_000 + waiting.reduce((sum, { amount }) => sum + amount, 0));
  expect(invoice?.lines.data.map(({ parent }) => parent?.subscription_item_details?.proration)).toEqual([
    true,
    true,
    false,
  ]);
});

test("with always_invoice the difference is billed and paid at once, VAT on top", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it, { quantity: 4 });
  await halfway(it, subscription.id);
  const item = await itemOf(it, subscription.id);
  const changed = await it.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 6 }],
    proration_behavior: "always_invoice",
    expand: ["latest_invoice"],
  });
  expect(changed).toMatchObject({
    latest_invoice: {
      billing_reason: "subscription_update",
      status: "paid",
      total: expect.closeTo(12_000, -1),
    },
  });
  expect((await periodOf(it, subscription.id)).end).toBe(subscription.items.data[0]?.current_period_end);
});

test("fewer bays with always_invoice become a credit, which pays the next invoice", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it, { quantity: 4 });
  await halfway(it, subscription.id);
  const item = await itemOf(it, subscription.id);
  await it.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 2 }],
    proration_behavior: "always_invoice",
  });
  const [credit] = (await it.stripe.invoices.list({ customer: customer.id })).data;
  expect(credit).toMatchObject({ status: "paid", amount_due: 0, total: expect.closeTo(-12_000, -1) });
  expect(await it.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: credit?.total });
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + 2 * HOUR);
  const [next] = (await it.stripe.invoices.list({ customer: customer.id })).data;
  expect(next).toMatchObject({
    total: 24_000,
    starting_balance: credit?.total,
    ending_balance: 0,
    status: "paid",
  });
  expect(next?.amount_paid).toBe(24_000 + (credit?.total ?? 0));
});

test("a change that costs nothing makes a past due subscription active, its newest invoice being paid", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it, { quantity: 4, card: "4000000000000341" });
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + HOUR);
  expect(await statusOf(it, subscription.id)).toBe("past_due");
  const item = await itemOf(it, subscription.id);
  await it.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 1 }],
    proration_behavior: "always_invoice",
  });
  expect(await statusOf(it, subscription.id)).toBe("active");
});

test("without proration a change costs nothing until the next period", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it, { quantity: 4 });
  const item = await itemOf(it, subscription.id);
  await it.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 1 }],
    proration_behavior: "none",
  });
  expect((await it.stripe.invoiceItems.list({ customer: customer.id })).data).toEqual([]);
});

test("monthly to yearly begins a new period, credits what is unused, and is paid at once", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it);
  await halfway(it, subscription.id);
  const item = await itemOf(it, subscription.id);
  const changed = await it.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: "price_bay_yearly" }],
    expand: ["latest_invoice"],
  });
  const { start, end } = await periodOf(it, subscription.id);
  expect(changed.billing_cycle_anchor).toBe(start);
  expect((end - start) / DAY).toBeGreaterThanOrEqual(365);
  expect(changed).toMatchObject({
    items: { data: [{ id: item, price: { id: "price_bay_yearly" } }] },
    latest_invoice: {
      status: "paid",
      billing_reason: "subscription_update",
      subtotal: expect.closeTo(85_000, -1),
    },
  });
});

test("an update tells what was different before", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it, { quantity: 4 });
  const item = await itemOf(it, subscription.id);
  await it.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 5 }],
    metadata: { a: "b" },
  });
  await it.sandbox.control.flush();
  const told = deliveredTo(it.receiver).filter(({ type }) => type === "customer.subscription.updated");
  expect(told.at(-1)?.data.previous_attributes).toMatchObject({
    items: { data: [{ quantity: 4 }] },
    metadata: { a: null },
  });
});

test("cancelled for the period's end it stays active until then, and can be taken back before", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it);
  const { end } = await periodOf(it, subscription.id);
  const set = (atEnd: boolean) =>
    it.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: atEnd });
  expect(await set(true)).toMatchObject({
    status: "active",
    cancel_at: end,
    cancellation_details: { reason: "cancellation_requested" },
  });
  expect(await set(false)).toMatchObject({ cancel_at: null, canceled_at: null, cancel_at_period_end: false });
  await set(true);
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + DAY);
  expect(await it.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: "canceled",
    ended_at: end,
  });
  expect((await it.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
  expect(await typesTold(it, /subscription\.deleted$/)).toHaveLength(1);
  expect((await failureOf(set(false))).code).toBe("invalid_canceled_subscription_fields");
});

test("cancelled at once it ends, and is listed only where ended ones are asked for", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it);
  expect(await it.stripe.subscriptions.cancel(subscription.id)).toMatchObject({ status: "canceled" });
  expect((await it.stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
  expect((await it.stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toHaveLength(1);
  expect((await failureOf(it.stripe.subscriptions.cancel(subscription.id))).statusCode).toBe(400);
});

test("a deleted customer's subscriptions end first", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it);
  await it.stripe.customers.del(customer.id);
  expect(await statusOf(it, subscription.id)).toBe("canceled");
  expect(await typesTold(it, /deleted$/)).toEqual(["customer.subscription.deleted", "customer.deleted"]);
  await it.sandbox.control.advance(60 * DAY);
  expect((await it.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
});

test("paused collection keeps a renewal's invoice from being charged, and the subscription active", async () => {
  const it = await billing();
  for (const [behavior, status] of [
    ["void", "void"],
    ["keep_as_draft", "draft"],
    ["mark_uncollectible", "uncollectible"],
  ] as const) {
    const { subscription } = await subscribed(it);
    await it.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior } });
    await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + 2 * HOUR);
    const [invoice] = (await it.stripe.invoices.list({ subscription: subscription.id })).data;
    expect([invoice?.status, await statusOf(it, subscription.id)]).toEqual([status, "active"]);
  }
});

test("a paused subscription makes no invoices, and begins a new period when it is resumed", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it);
  await it.stripe.subscriptions.pause(subscription.id);
  await it.sandbox.control.advance(45 * DAY);
  expect(await statusOf(it, subscription.id)).toBe("paused");
  const resumed = await it.stripe.subscriptions.resume(subscription.id, { expand: ["latest_invoice"] });
  expect(resumed).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 12_000 } });
  expect((await it.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(2);
  expect(await typesTold(it, /subscription\.(paused|resumed)$/)).toEqual([
    "customer.subscription.paused",
    "customer.subscription.resumed",
  ]);
});

test("a trial costs nothing, is warned of three days before its end, and then becomes active", async () => {
  const it = await billing();
  const { id: customer } = await it.stripe.customers.create({});
  await it.sandbox.control.stripe.saveCard({ customer, asDefault: true });
  const trial = await it.stripe.subscriptions.create({
    customer,
    items: [{ price: "price_bay_monthly" }],
    trial_period_days: 14,
    expand: ["latest_invoice"],
  });
  expect(trial).toMatchObject({ status: "trialing", latest_invoice: { status: "paid", total: 0 } });
  await it.sandbox.control.advance(14 * DAY + 2 * HOUR);
  expect(await statusOf(it, trial.id)).toBe("active");
  expect(await typesTold(it, /trial_will_end$/)).toHaveLength(1);
});

test("a preview says what the next invoice will be, or what a change would cost now", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it, { quantity: 2 });
  const { end } = await periodOf(it, subscription.id);
  const next = await it.stripe.invoices.createPreview({ subscription: subscription.id });
  expect(next).toMatchObject({ billing_reason: "upcoming", status: "draft", total: 24_000, period_end: end });
  const [item] = subscription.items.data;
  const dearer = await it.stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: {
      items: [{ id: item?.id ?? "", quantity: 3 }],
      proration_behavior: "always_invoice",
    },
  });
  expect(dearer).toMatchObject({ total: expect.closeTo(12_000, -1), lines: { data: [{}, {}] } });
  await it.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  const none = await failureOf(it.stripe.invoices.createPreview({ subscription: subscription.id }));
  expect(none).toMatchObject({ statusCode: 404, code: "invoice_upcoming_none" });
});

test("the portal leads to a page of the sandbox, where a customer changes bays, switches, cancels and resumes", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it);
  const session = await it.stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: "http://app.test/settings/billing?portal=back",
  });
  expect(session.url).toBe(`${it.sandbox.url}/portal/${session.id}`);
  const portal = it.sandbox.control.stripe;
  const act = (action: Parameters<typeof portal.inPortal>[1]) => portal.inPortal(session.id, action);
  await act({ do: "bays", subscription: subscription.id, bays: 3 });
  await act({ do: "switch", subscription: subscription.id, price: "price_bay_yearly" });
  const canceled = await act({ do: "cancel", subscription: subscription.id });
  const { end } = await periodOf(it, subscription.id);
  expect(canceled.subscriptions).toMatchObject([
    { cancel_at: end, cancel_at_period_end: false, items: { data: [{ quantity: 3 }] } },
  ]);
  const resumed = await act({ do: "resume", subscription: subscription.id });
  expect(resumed.subscriptions).toMatchObject([{ cancel_at: null }]);
  expect(resumed.invoices.map(({ status }) => status)).toEqual(["paid", "paid", "paid"]);
  const { id: card } = await portal.saveCard({ customer: customer.id, card: "5555555555554444" });
  expect((await act({ do: "card", card })).defaultCard?.card?.last4).toBe("4444");
  expect((await it.stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBe(card);
});

test("a subscription's payment is refunded and disputed by its invoice", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it);
  const invoice = String(subscription.latest_invoice);
  const refund = await it.sandbox.control.stripe.refund({ invoice, amount: 1_000 });
  expect(refund.amount).toBe(1_000);
  const dispute = await it.sandbox.control.stripe.dispute({ invoice });
  const [payment] = (await it.stripe.invoicePayments.list({ invoice })).data;
  expect(dispute.payment_intent).toBe(payment?.payment.payment_intent);
  expect((await it.stripe.invoices.retrieve(invoice)).status).toBe("paid");
});
