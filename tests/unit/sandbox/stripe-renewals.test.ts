import { expect, test } from "vitest";
import { nextBoundary } from "@/tests/sandbox/stripe/billing/periods";
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
import { failureOf } from "./stripe-support";

const at = (text: string): number => Date.parse(text) / 1_000;

test("periods end on the anchor's day and time of day, or on the month's last day, and the 31st comes back", () => {
  const month = { interval: "month", interval_count: 1 } as const;
  const anchor = at("2027-10-31T09:30:15Z");
  const ends = ["2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"];
  let now = anchor;
  for (const day of ends) {
    now = nextBoundary(anchor, month, now);
    expect(new Date(now * 1_000).toISOString()).toBe(`${day}T09:30:15.000Z`);
  }
  const leap = at("2028-02-29T12:00:00Z");
  const year = { interval: "year", interval_count: 1 } as const;
  expect(nextBoundary(leap, year, leap)).toBe(at("2029-02-28T12:00:00Z"));
  expect(nextBoundary(leap, year, at("2031-03-01T00:00:00Z"))).toBe(at("2032-02-29T12:00:00Z"));
});

test("a renewal is drafted at the period's end, finalised an hour later, and charged then", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it, { quantity: 2 });
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + 60);
  const [draft] = (await it.stripe.invoices.list({ customer: customer.id })).data;
  const { start } = await periodOf(it, subscription.id);
  expect(draft).toMatchObject({
    status: "draft",
    number: null,
    billing_reason: "subscription_cycle",
    created: start,
    period_end: start,
    automatically_finalizes_at: start + HOUR,
    auto_advance: true,
  });
  expect(draft?.lines.data[0]?.period.start).toBe(start);
  await it.sandbox.control.advance(HOUR);
  const [paid] = (await it.stripe.invoices.list({ customer: customer.id })).data;
  expect(paid).toMatchObject({
    id: draft?.id,
    status: "paid",
    total: 24_000,
    attempt_count: 1,
    status_transitions: { finalized_at: start + HOUR, paid_at: start + HOUR },
  });
});

test("a renewal is told by the invoice's and the subscription's events, at the moments they happened", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it);
  await it.sandbox.control.flush();
  it.receiver.got.splice(0);
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + 2 * HOUR);
  const told = await typesTold(it, /^(customer\.subscription|invoice|charge|payment_intent)/);
  expect(told).toEqual([
    "invoice.created",
    "customer.subscription.updated",
    "payment_intent.created",
    "invoice.finalized",
    "charge.succeeded",
    "payment_intent.succeeded",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
  ]);
  const { start } = await periodOf(it, subscription.id);
  const moved = await it.stripe.events.list({ type: "customer.subscription.updated" });
  expect(moved.data[0]).toMatchObject({
    created: start,
    data: { previous_attributes: { items: { data: [{ current_period_end: start }] } } },
  });
});

test("a failed renewal is past due, and is tried again 3, 5 and 7 days after the attempt before", async () => {
  const it = await billing();
  const { subscription, method } = await subscribed(it);
  await it.sandbox.control.stripe.declineCard(method.id, "insufficient_funds");
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + HOUR);
  const { start } = await periodOf(it, subscription.id);
  let attempt = start + HOUR;
  for (const [index, days] of [3, 5, 7].entries()) {
    const { latest_invoice: latest, status } = await it.stripe.subscriptions.retrieve(subscription.id, {
      expand: ["latest_invoice"],
    });
    attempt += days * DAY;
    expect([status, latest]).toMatchObject([
      "past_due",
      { status: "open", attempt_count: index + 1, next_payment_attempt: attempt },
    ]);
    await it.sandbox.control.advance(days * DAY);
  }
  const ended = await it.stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(ended).toMatchObject({
    status: "canceled",
    ended_at: attempt,
    cancellation_details: { reason: "payment_failed" },
    latest_invoice: { status: "open", attempt_count: 4, next_payment_attempt: null, auto_advance: false },
  });
  expect(await typesTold(it, /^invoice\.payment_failed|subscription\.deleted/)).toEqual([
    ...Array.from({ length: 4 }, () => "invoice.payment_failed"),
    "customer.subscription.deleted",
  ]);
});

test.each(["unpaid", "past_due"] as const)(
  "after the last retry a subscription may be %s instead",
  async (last) => {
    const it = await billing();
    await it.sandbox.control.stripe.setRetries({ afterDays: [1], finally: last });
    const { subscription } = await subscribed(it, { card: "4000000000000341" });
    await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + HOUR + DAY);
    expect(await statusOf(it, subscription.id)).toBe(last);
  },
);

test("a new card and another attempt make a past due subscription active", async () => {
  const it = await billing();
  const { subscription, customer } = await subscribed(it, { card: "4000000000000341" });
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + HOUR);
  expect(await statusOf(it, subscription.id)).toBe("past_due");
  const { id: card } = await it.sandbox.control.stripe.saveCard({ customer: customer.id, asDefault: true });
  const [open] = (await it.stripe.invoices.list({ subscription: subscription.id, status: "open" })).data;
  expect(await it.stripe.invoices.pay(open?.id ?? "")).toMatchObject({ status: "paid", attempt_count: 1 });
  expect(await statusOf(it, subscription.id)).toBe("active");
  expect((await it.stripe.customers.retrieve(customer.id)) as object).toMatchObject({
    invoice_settings: { default_payment_method: card },
  });
});

test("the next retry with a card that works makes it active by itself", async () => {
  const it = await billing();
  const { subscription, method } = await subscribed(it);
  await it.sandbox.control.stripe.declineCard(method.id, "insufficient_funds");
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + HOUR);
  await it.sandbox.control.stripe.declineCard(method.id, null);
  await it.sandbox.control.advance(3 * DAY);
  expect(await statusOf(it, subscription.id)).toBe("active");
});

test("a renewal that needs its holder says so, and is paid once confirmed", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it);
  const customer = String(subscription.customer);
  const { id } = await it.sandbox.control.stripe.saveCard({
    customer,
    card: "4000002760003184",
    asDefault: true,
  });
  await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + HOUR);
  expect(await typesTold(it, /^invoice\.payment_(failed|action)/)).toEqual([
    "invoice.payment_failed",
    "invoice.payment_action_required",
  ]);
  const [open] = (await it.stripe.invoices.list({ subscription: subscription.id, status: "open" })).data;
  const [payment] = (await it.stripe.invoicePayments.list({ invoice: open?.id ?? "" })).data;
  const intent = String(payment?.payment.payment_intent);
  await it.stripe.paymentIntents.confirm(intent, { payment_method: id });
  await it.sandbox.control.stripe.authenticate(intent, true);
  expect(await statusOf(it, subscription.id)).toBe("active");
});

test("a first payment that is not made within 23 hours ends the subscription, and voids its invoice", async () => {
  const it = await billing();
  const { id: customer } = await it.stripe.customers.create({});
  const { id, latest_invoice: invoice } = await it.stripe.subscriptions.create({
    customer,
    items: [{ price: "price_bay_monthly" }],
    payment_behavior: "default_incomplete",
  });
  await it.sandbox.control.advance(22 * HOUR);
  expect(await statusOf(it, id)).toBe("incomplete");
  await it.sandbox.control.advance(2 * HOUR);
  expect(await statusOf(it, id)).toBe("incomplete_expired");
  expect((await it.stripe.invoices.retrieve(String(invoice))).status).toBe("void");
});

test("it ends after 23 hours also where its first invoice was given up", async () => {
  const it = await billing();
  const { id: customer } = await it.stripe.customers.create({});
  const { id, latest_invoice: invoice } = await it.stripe.subscriptions.create({
    customer,
    items: [{ price: "price_bay_monthly" }],
    payment_behavior: "default_incomplete",
  });
  await it.stripe.invoices.markUncollectible(String(invoice));
  await it.sandbox.control.advance(24 * HOUR);
  expect(await statusOf(it, id)).toBe("incomplete_expired");
});

test("an invoice is voided or given up: the subscription is active again, and a voided one cannot be paid", async () => {
  const it = await billing();
  for (const end of ["void", "uncollectible"] as const) {
    const { subscription } = await subscribed(it, { card: "4000000000000341" });
    await it.sandbox.control.advance((await untilRenewal(it, subscription.id)) + HOUR);
    const [open] = (await it.stripe.invoices.list({ subscription: subscription.id, status: "open" })).data;
    const id = open?.id ?? "";
    await it.sandbox.control.stripe.moveInvoice(id, { status: end });
    expect(await statusOf(it, subscription.id)).toBe("active");
    if (end === "void") expect((await failureOf(it.stripe.invoices.pay(id))).message).toContain("voided");
    else expect((await it.stripe.invoices.pay(id, { payment_method: "pm_card_visa" })).status).toBe("paid");
  }
});

test("a year of renewals is played at once, one invoice a month", async () => {
  const it = await billing();
  const { subscription } = await subscribed(it);
  await it.sandbox.control.advance(365 * DAY + 2 * HOUR);
  const { data } = await it.stripe.invoices.list({ subscription: subscription.id, limit: 100 });
  expect(data.map(({ status }) => status)).toEqual(Array.from({ length: 13 }, () => "paid"));
  expect(new Set(data.map(({ number }) => number)).size).toBe(13);
});

test("a subscription that began earlier has its history by now", async () => {
  const it = await billing();
  const { id: customer } = await it.stripe.customers.create({ name: "Millbrook" });
  const startedAt = new Date(Date.now() - 65 * DAY * 1_000).toISOString();
  const subscription = await it.sandbox.control.stripe.subscribe({
    customer,
    card: "pm_card_visa",
    quantity: 4,
    startedAt,
  });
  expect(subscription.start_date).toBe(Math.floor(Date.parse(startedAt) / 1_000));
  const { data } = await it.stripe.invoices.list({ customer });
  expect(data.map(({ status, total }) => [status, total])).toEqual(
    Array.from({ length: 3 }, () => ["paid", 48_000]),
  );
});
