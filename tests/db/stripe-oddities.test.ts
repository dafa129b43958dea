import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { applySubscription } from "@/lib/billing/apply-subscription";
import { confirmSubscription } from "@/lib/billing/confirm-subscription";
import { findInvoiceAddress, listInvoices } from "@/lib/billing/list-invoices";
import { openPortal } from "@/lib/billing/open-portal";
import { refreshSubscription } from "@/lib/billing/refresh-subscription";
import { stripe as api } from "@/lib/billing/stripe/client";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { listAttention } from "@/lib/support/list-attention";
import { type Buyer, givenBuyer, givenMember } from "../factories/buyer";
import { asSupport, testContext } from "../factories/ledger";
import { balanceOf, startPayments } from "../factories/payments";
import { deliver, eventBody } from "../factories/stripe-events";
import { accountOf, allowancesOf, mirrorOf, upgradeAndPay } from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";

const payments = await startPayments();
const { control, stripe, webhookUrl } = payments;
const ctx = testContext(new Date());
await givenPlan(ctx);

let buyer: Buyer;
beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
  buyer = await givenBuyer(ctx, { state: "trial" });
});
afterAll(payments.stop);

const flush = () => control.flush({ provider: "stripe" });

async function givenSubscriber() {
  const upgraded = await upgradeAndPay(payments, buyer);
  await flush();
  return upgraded;
}

/** What support must look at of this garage. */
const attention = async (): Promise<string[]> =>
  (await listAttention(asSupport(ctx)))
    .filter(({ orgId }) => orgId === buyer.orgId)
    .map(({ what, text }) => `${what}: ${text}`);

/** A customer of the garage at Stripe, as Checkout would have made it. */
async function givenCustomer(): Promise<string> {
  const { id } = await api().customers.create({ metadata: { org_id: buyer.orgId } });
  await prisma().stripeCustomer.create({
    data: { orgId: buyer.orgId, customerId: id, createdAt: ctx.now() },
  });
  return id;
}

const priceOf = async (wish: { product?: string; currency?: string }) =>
  (
    await api().prices.create({
      product: "prod_torqueflow",
      currency: "gbp",
      unit_amount: 9_000,
      recurring: { interval: "month" },
      tax_behavior: "exclusive",
      ...wish,
    })
  ).id;

const subscribe = async (customer: string, price?: string) =>
  (await stripe.subscribe({ customer, quantity: 2, card: "pm_card_visa", ...(price ? { price } : {}) })).id;

describe("a subscription that was made by hand at Stripe", () => {
  it("counts by its customer, and is grandfathered at a price that is not the plan's", async () => {
    await subscribe(await givenCustomer(), await priceOf({}));
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "grandfathered", bays: 2 });
    expect(await allowancesOf(buyer.orgId)).toEqual([1_000]);
  });

  it.each([
    ["in another currency", { currency: "eur" }, "it is not paid in pounds"],
    ["of another product", { product: "prod_starter" }, "its price is no plan’s"],
  ])("%s is kept and shown to support, and gives nothing", async (_, wish, why) => {
    const id = await subscribe(await givenCustomer(), await priceOf(wish));
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "trial" });
    expect(await allowancesOf(buyer.orgId)).toEqual([]);
    expect(await attention()).toEqual([`subscription: ${id} gives nothing: ${why}`]);
    expect(await mirrorOf(id)).toMatchObject({ orgId: buyer.orgId });
  });

  it("whose metadata name another garage than its customer's gives nothing to either", async () => {
    const other = await givenBuyer(ctx, { state: "trial" });
    const metadata = { org_id: other.orgId };
    const { id } = await stripe.subscribe({
      customer: await givenCustomer(),
      card: "pm_card_visa",
      metadata,
    });
    await flush();
    for (const { orgId } of [buyer, other]) expect(await accountOf(orgId)).toMatchObject({ state: "trial" });
    expect(await attention()).toEqual([
      `subscription: ${id} gives nothing: its metadata and its customer name two organisations`,
    ]);
  });

  it("beside another one: one counts, and support is shown both", async () => {
    const { subscriptionId, customerId } = await givenSubscriber();
    const second = await subscribe(customerId);
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 4 });
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
    expect((await attention()).sort()).toEqual(
      [subscriptionId, second]
        .map(
          (id) =>
            `subscription: ${id} is active, one of several: one counts, end and refund the others at Stripe`,
        )
        .sort(),
    );
    await stripe.forceSubscription(subscriptionId, "past_due");
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 2 });
  });
});

it("two subscriptions that have ended at once: the second brings nothing by the end of the first", async () => {
  const { subscriptionId, customerId } = await givenSubscriber();
  // Stripe tells the beginning of a subscription in whole seconds, and of one second they would be the same.
  const { beganAt } = await mirrorOf(subscriptionId);
  await expect.poll(() => Date.now() - beganAt.getTime()).toBeGreaterThanOrEqual(1_000);
  await subscribe(customerId);
  await flush();
  await stripe.deleteCustomer(customerId);
  await control.dropDeliveries();
  ctx.travel(new Date());
  expect(await applySubscription(ctx, subscriptionId)).toBe("canceled");
  expect(await accountOf(buyer.orgId)).toMatchObject({ state: "canceled" });
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
});

describe("an event that is none of ours", () => {
  it.each([
    ["customer.subscription.updated", { id: "sub_elsewhere" }],
    [
      "invoice.paid",
      { id: "in_elsewhere", parent: { subscription_details: { subscription: "sub_elsewhere" } } },
    ],
    ["invoice.paid", { id: "in_of_no_subscription", parent: null }],
    ["customer.deleted", { id: "cus_elsewhere" }],
  ])("%s is kept and answered", async (type, object) => {
    const id = `evt_${newId().replaceAll("-", "")}`;
    expect(await deliver(webhookUrl, eventBody(type, object, id))).toBe(200);
    expect(await prisma().providerEvent.count({ where: { provider: "stripe", id } })).toBe(1);
  });

  it("of a garage of another database leaves every account alone", async () => {
    const { id: customer } = await api().customers.create({ metadata: { org_id: newId() } });
    await stripe.subscribe({ customer, card: "pm_card_visa", metadata: { org_id: newId() } });
    expect(await flush()).not.toEqual([]);
    expect(await prisma().stripeSubscription.count({ where: { customerId: customer } })).toBe(0);
  });
});

describe("the payment of an invoice", () => {
  const paymentOf = async (customerId: string) => {
    const [payment] = await stripe.list("paymentIntents", { customer: customerId });
    if (!payment) throw new Error("the invoice has no payment");
    return payment.id;
  };

  it("is never taken for a pack's: refunded or disputed, it touches no credits", async () => {
    const { customerId } = await givenSubscriber();
    const paymentIntent = await paymentOf(customerId);
    await stripe.refund({ paymentIntent });
    await flush();
    expect(await balanceOf(buyer.orgId)).toBe(credits(2_000));
    expect(await prisma().stripePayment.count({ where: { paymentIntentId: paymentIntent } })).toBe(0);
    expect(await prisma().creditPurchase.count({ where: { orgId: buyer.orgId } })).toBe(0);
  });

  it("shows support a dispute while that is open", async () => {
    const { customerId } = await givenSubscriber();
    const { id } = await stripe.dispute({ paymentIntent: await paymentOf(customerId) });
    await flush();
    const [invoice] = await stripe.list("invoices");
    expect(await attention()).toEqual([
      `dispute: ${invoice?.id}: a dispute of a subscription’s invoice is open, its evidence is due at Stripe`,
    ]);
    expect(await balanceOf(buyer.orgId)).toBe(credits(2_000));
    await stripe.moveDispute(id, "won");
    await flush();
    expect(await attention()).toEqual([]);
  });
});

describe("invoices", () => {
  it("are listed with our own addresses, which lead to Stripe's of that moment", async () => {
    await givenSubscriber();
    const { invoices } = await listInvoices(buyer.member, buyer.orgId);
    const [atStripe] = await stripe.list("invoices");
    expect(invoices).toEqual([
      {
        id: atStripe?.id,
        number: atStripe?.number,
        date: expect.any(String),
        amountPence: 48_000,
        status: "paid",
        statusText: "Paid",
        pageUrl: `/api/billing/invoices/${atStripe?.id}/page`,
        pdfUrl: `/api/billing/invoices/${atStripe?.id}/pdf`,
      },
    ]);
    const which = { invoiceId: String(atStripe?.id) };
    expect(await findInvoiceAddress(buyer.member, buyer.orgId, { ...which, what: "page" })).toBe(
      atStripe?.hosted_invoice_url,
    );
    expect(await findInvoiceAddress(buyer.member, buyer.orgId, { ...which, what: "pdf" })).toBe(
      atStripe?.invoice_pdf,
    );
    const stranger = await givenBuyer(ctx);
    await expect(
      findInvoiceAddress(stranger.member, stranger.orgId, { ...which, what: "page" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("Stripe's portal", () => {
  it("opens for who may manage billing, and what was done there is read afresh", async () => {
    const { subscriptionId, customerId } = await givenSubscriber();
    const { url } = await openPortal(buyer.member, buyer.orgId);
    expect(url).toMatch(/^http/);
    const advisor = await givenMember(ctx, buyer.orgId, "advisor");
    await expect(openPortal(advisor.member, buyer.orgId)).rejects.toMatchObject({ code: "forbidden" });
    await stripe.changeSubscription(subscriptionId, { quantity: 6 });
    await stripe.saveCard({ customer: customerId, card: "5555555555554444" });
    await control.dropDeliveries();
    await refreshSubscription(buyer.member, buyer.orgId);
    expect(await accountOf(buyer.orgId)).toMatchObject({ bays: 6 });
  });

  it("has Stripe read once more for however many come back at once", async () => {
    await givenSubscriber();
    await control.clearRequests();
    await Promise.all(Array.from({ length: 12 }, () => refreshSubscription(buyer.member, buyer.orgId)));
    // Two readings of a few requests each; twelve of them, each made again where another overtook it, were hundreds.
    const asked = await control.requests({
      provider: "stripe",
      direction: "in",
      type: "subscriptions.retrieve",
    });
    expect(asked.length).toBe(2);
  });

  it("that is out of reach is an outage, in words, wherever we read on somebody's behalf", async () => {
    const { sessionId } = await upgradeAndPay(payments, buyer);
    await control.behave({
      provider: "stripe",
      on: "rest",
      times: null,
      effect: { kind: "http", status: 500, body: { error: { type: "api_error", message: "down" } } },
    });
    const outage = {
      code: "unavailable",
      message: "Stripe cannot be reached just now. Please try again in a moment.",
    };
    await expect(confirmSubscription(buyer.member, buyer.orgId, sessionId)).rejects.toMatchObject(outage);
    await expect(refreshSubscription(buyer.member, buyer.orgId)).rejects.toMatchObject(outage);
    await control.clearBehaviours();
    expect(await confirmSubscription(buyer.member, buyer.orgId, sessionId)).toEqual({ status: "active" });
  });

  it("that cannot be opened, or is not there, leads to support", async () => {
    const toSupport = { message: expect.stringContaining("contact Torqueflow support: ") };
    await expect(openPortal(buyer.member, buyer.orgId)).rejects.toMatchObject({
      code: "not_found",
      ...toSupport,
    });
    const { customerId } = await givenSubscriber();
    await stripe.deleteCustomer(customerId);
    await expect(openPortal(buyer.member, buyer.orgId)).rejects.toMatchObject({
      code: "unavailable",
      ...toSupport,
    });
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "canceled", balance: credits(2_000) });
  });

  it("knows the card that is charged", async () => {
    const { customerId } = await givenSubscriber();
    await syncCustomer(ctx, customerId);
    expect(await prisma().stripeCustomer.findFirst({ where: { customerId } })).toMatchObject({
      cardBrand: "visa",
      cardLast4: "4242",
    });
  });
});
