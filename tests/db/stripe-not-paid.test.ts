import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { choosePlan } from "@/lib/billing/choose-plan";
import { openPortal } from "@/lib/billing/open-portal";
import { prisma } from "@/lib/db/prisma";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { newId } from "@/lib/shared/ids";
import { listAttention } from "@/lib/support/list-attention";
import { type Buyer, givenBuyer } from "../factories/buyer";
import { asSupport, testContext } from "../factories/ledger";
import { startPayments } from "../factories/payments";
import { stripeClock } from "../factories/stripe-clock";
import { deliver, eventBody } from "../factories/stripe-events";
import { accountOf, allowancesOf, mirrorOf, upgradeAndPay } from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";

const payments = await startPayments();
const { control, stripe, webhookUrl } = payments;
const ctx = testContext(new Date());
const clock = stripeClock(payments, ctx);
await givenPlan(ctx);

let buyer: Buyer;
beforeEach(async () => {
  await clock.reset();
  await payments.reset();
  buyer = await givenBuyer(ctx, { state: "trial" });
});
afterAll(payments.stop);

const flush = () => control.flush({ provider: "stripe" });

async function givenSubscriber(): Promise<string> {
  const { subscriptionId } = await upgradeAndPay(payments, buyer);
  await flush();
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
  return subscriptionId;
}

/** What support must look at of this garage's subscription. */
const attention = async (): Promise<string[]> =>
  (await listAttention(asSupport(ctx))).filter(({ orgId }) => orgId === buyer.orgId).map(({ text }) => text);

const tell = async (id: string): Promise<void> => {
  expect(await deliver(webhookUrl, eventBody("customer.subscription.updated", { id }))).toBe(200);
};

/** From now on this is Stripe's answer to a question. */
const answer = (match: Record<string, string>, status: number, body: unknown) =>
  control.behave({
    provider: "stripe",
    on: "rest",
    match,
    times: null,
    effect: { kind: "http", status, body },
  });

const missing = (id: string) => ({
  error: { type: "invalid_request_error", code: "resource_missing", message: `No such object: '${id}'` },
});

const ODD: readonly [string, string, (id: string) => Promise<unknown>][] = [
  ["has no bays", "it has no bays", (id) => stripe.changeSubscription(id, { quantity: 0 })],
  [
    "names another garage",
    "its metadata and its customer name two organisations",
    (id) => stripe.changeSubscription(id, { metadata: { org_id: newId() } }),
  ],
  ["has no items", "it has no bays", (id) => answerWith(id, { items: { object: "list", data: [] } })],
  ["is paid in another currency", "it is not paid in pounds", (id) => answerWith(id, { currency: "eur" })],
  [
    "is in a state of a later version",
    "it counted, and its state at Stripe is one that we do not know",
    (id) => answerWith(id, { status: "a_word_of_a_later_version" }),
  ],
  [
    "is gone from Stripe",
    "Stripe does not know it any more",
    (id) => answer({ route: "subscriptions.retrieve", id }, 404, missing(id)),
  ],
];

async function answerWith(id: string, odd: object): Promise<void> {
  const [subscription] = await stripe.list("subscriptions", { id });
  await answer({ route: "subscriptions.retrieve", id }, 200, { ...subscription, ...odd });
}

describe.each(ODD)("a subscription that counted and %s", (_, why, becomeOdd) => {
  it("is granted nothing more, is shown to support, and counts again once that is mended", async () => {
    const id = await givenSubscriber();
    await becomeOdd(id);
    await tell(id);
    await tell(id);
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "past_due", renewsAt: null });
    expect(await attention()).toEqual([`${id} gives nothing: ${why}`]);
    await clock.forward(32 * 24);
    await sweepCycles(ctx);
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
    await control.clearBehaviours();
    await stripe.changeSubscription(id, { quantity: 4, metadata: { org_id: buyer.orgId } });
    await control.dropDeliveries();
    await tell(id);
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 4 });
  });

  it("is canceled when it ends, and another can be chosen", async () => {
    const id = await givenSubscriber();
    await becomeOdd(id);
    await tell(id);
    await control.clearBehaviours();
    await stripe.forceSubscription(id, "canceled");
    await tell(id);
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "canceled", renewsAt: null });
    expect(await attention()).toEqual([]);
    const choice = { bays: 2, interval: "month" } as const;
    expect(await choosePlan(buyer.member, buyer.orgId, choice)).toMatchObject({ url: expect.any(String) });
  });
});

it("a subscription that ends while it has no bays ends its garage's, although the two came at once", async () => {
  const id = await givenSubscriber();
  await stripe.changeSubscription(id, { quantity: 0 });
  await stripe.forceSubscription(id, "canceled");
  await flush();
  expect(await accountOf(buyer.orgId)).toMatchObject({ state: "canceled", renewsAt: null });
});

it("asked of the wrong account, Stripe knows neither subscription nor price: nothing changes", async () => {
  const id = await givenSubscriber();
  await answer({ route: "subscriptions.retrieve", id }, 404, missing(id));
  await answer({ route: "prices.retrieve" }, 404, missing("price_bay_monthly"));
  await tell(id);
  expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active" });
  expect(await mirrorOf(id)).toMatchObject({ outcome: "active" });
});

it("one that never counted ends without ending the trial", async () => {
  const { subscriptionId: id } = await upgradeAndPay(payments, buyer);
  await stripe.changeSubscription(id, { quantity: 0 });
  await stripe.forceSubscription(id, "canceled");
  await control.dropDeliveries();
  await tell(id);
  expect(await accountOf(buyer.orgId)).toMatchObject({ state: "trial" });
  expect(await prisma().stripeSubscription.count({ where: { subscriptionId: id } })).toBe(1);
});

it("a subscription whose collection is paused is not paid for: nothing is granted until it goes on", async () => {
  const id = await givenSubscriber();
  await stripe.changeSubscription(id, { pauseCollection: "void" });
  await flush();
  expect(await accountOf(buyer.orgId)).toMatchObject({ state: "past_due", renewsAt: null });
  expect(await mirrorOf(id)).toMatchObject({ status: "paused", nextInvoiceAt: null });
  await clock.forward(32 * 24);
  await flush();
  await sweepCycles(ctx);
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
  await stripe.changeSubscription(id, { pauseCollection: null });
  await flush();
  expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active" });
});

it("a subscription that ends several invoices from now still shows the next one", async () => {
  const id = await givenSubscriber();
  const cancelAt = (days: number) => Math.floor(ctx.now().getTime() / 1_000) + days * 86_400;
  await stripe.changeSubscription(id, { cancelAt: cancelAt(300) });
  await flush();
  expect(await mirrorOf(id)).toMatchObject({ nextInvoicePence: 48_000 });
  await stripe.changeSubscription(id, { cancelAt: cancelAt(10) });
  await flush();
  expect(await mirrorOf(id)).toMatchObject({ nextInvoiceAt: null });
});

it("bays that go up and down in the portal are paid for: fewer come with the next period, and nothing is paid back", async () => {
  const subscription = await givenSubscriber();
  const { customerId: customer } = await mirrorOf(subscription);
  const { url } = await openPortal(buyer.member, buyer.orgId);
  const portal = String(url.split("/portal/")[1]);
  await stripe.inPortal(portal, { do: "bays", subscription, bays: 50 });
  await stripe.inPortal(portal, { do: "bays", subscription, bays: 4 });
  await flush();
  expect(await accountOf(buyer.orgId)).toMatchObject({ bays: 4, periodBays: 50 });
  const paid = (await stripe.list("invoices", { customer })).map(({ amount_paid: pence }) => pence);
  expect(Math.max(...paid)).toBeGreaterThan(46 * 11_500);
  expect((await stripe.list("customers", { id: customer })).map(({ balance }) => balance)).toEqual([0]);
  await clock.forward(31 * 24 + 3);
  await flush();
  await sweepCycles(ctx);
  expect(await accountOf(buyer.orgId)).toMatchObject({ bays: 4 });
  expect((await allowancesOf(buyer.orgId)).at(-1)).toBe(2_000);
});

it("more bays than can be had are billed by a mistake: credits come for fifty, and support is told", async () => {
  const id = await givenSubscriber();
  await stripe.changeSubscription(id, { quantity: 60 });
  await tell(id);
  expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 50 });
  expect(await attention()).toEqual([`${id} is billed for 60 bays: credits come for 50`]);
  await answerWith(id, { items: { object: "list", data: [await itemOf(id, 3_000_000_000)] } });
  await tell(id);
  expect(await mirrorOf(id)).toMatchObject({ bays: 1_000_000 });
});

async function itemOf(id: string, quantity: number): Promise<object> {
  const [subscription] = await stripe.list("subscriptions", { id });
  return { ...subscription?.items.data[0], quantity };
}
