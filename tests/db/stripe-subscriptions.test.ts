import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { confirmSubscription } from "@/lib/billing/confirm-subscription";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { refreshSubscription } from "@/lib/billing/refresh-subscription";
import { HANDLED_EVENTS } from "@/lib/billing/stripe/events";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { findDrift } from "@/lib/credits/store/reconcile";
import { prisma } from "@/lib/db/prisma";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { credits } from "@/lib/shared/money";
import { type Buyer, givenBuyer } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { startPayments } from "../factories/payments";
import { stripeClock } from "../factories/stripe-clock";
import { deliver, eventBody } from "../factories/stripe-events";
import { accountOf, allowancesOf, mirrorOf, planOrdersOf, upgradeAndPay } from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";

const payments = await startPayments();
const { control, stripe } = payments;
const HANDLED: readonly string[] = HANDLED_EVENTS;
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

const flush = (how: Parameters<typeof control.flush>[0] = {}) =>
  control.flush({ provider: "stripe", ...how });
const stateOf = async () => (await accountOf(buyer.orgId)).state;

/** A garage with four bays by the month, which has heard all that Stripe had to say. */
async function givenSubscriber() {
  const upgraded = await upgradeAndPay(payments, buyer);
  await flush();
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
  return upgraded;
}

describe("an upgrade", () => {
  it.each([
    ["in their order", {}],
    ["backwards", { order: "reversed" }],
    ["all at once, three times each", { concurrent: true, copies: 3 }],
  ] as const)("whose events come %s is one subscription and one allowance", async (_, how) => {
    await upgradeAndPay(payments, buyer);
    await flush(how);
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 4, trialCapMicroGbp: 0n });
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
    expect(await planOrdersOf(buyer.orgId)).toEqual(["completed"]);
    expect(await findDrift(buyer.orgId)).toEqual([]);
  });

  it("is applied once, whoever is first: the way back, the events, reconciliation", async () => {
    const { sessionId } = await upgradeAndPay(payments, buyer);
    const [back] = await Promise.all([
      confirmSubscription(buyer.member, buyer.orgId, sessionId),
      flush({ concurrent: true }),
      reconcilePayments(ctx, { hours: 1 }),
      refreshSubscription(buyer.member, buyer.orgId),
    ]);
    expect(back).toEqual({ status: "active" });
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
    expect(await findDrift(buyer.orgId)).toEqual([]);
  });

  it("counts from the London day on which it began at Stripe, however late we hear of it", async () => {
    const { subscriptionId } = await upgradeAndPay(payments, buyer);
    const [atStripe] = await stripe.list("subscriptions", { id: subscriptionId });
    await clock.forward(30);
    await flush();
    const { anchorAt } = await accountOf(buyer.orgId);
    expect(anchorAt).toEqual(new Date(Number(atStripe?.start_date) * 1_000));
  });

  it("whose events were all lost is found in Stripe's list of them, of every type that is acted on", async () => {
    await upgradeAndPay(payments, buyer);
    await control.dropDeliveries();
    await reconcilePayments(ctx, { hours: 1 });
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
    const told = (await stripe.list("events")).filter(({ type }) => HANDLED.includes(type));
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["checkout.session.completed", "customer.subscription.created", "invoice.paid"]),
    );
    const ids = told.map(({ id }) => id);
    expect(await prisma().providerEvent.count({ where: { id: { in: ids } } })).toBe(ids.length);
  });

  it("that was never heard of is found by the daily look", async () => {
    const { subscriptionId } = await givenSubscriber();
    await stripe.changeSubscription(subscriptionId, { cancelAtPeriodEnd: true });
    await control.dropDeliveries();
    await clock.forward(25);
    expect(await reconcilePayments(ctx, { hours: 0 })).toMatchObject({ events: 0, failed: 0 });
    expect((await accountOf(buyer.orgId)).endsAt).not.toBeNull();
  });
});

it("a reading of Stripe that was overtaken is thrown away: what was applied meanwhile stays", async () => {
  const { subscriptionId } = await givenSubscriber();
  await stripe.changeSubscription(subscriptionId, { quantity: 5 });
  await control.behave({
    provider: "stripe",
    on: "rest",
    match: { route: "subscriptions.retrieve", id: subscriptionId },
    effect: { kind: "late-answer" },
  });
  const told = () =>
    deliver(payments.webhookUrl, eventBody("customer.subscription.updated", { id: subscriptionId }));
  const early = told();
  await expect.poll(() => stripe.late()).toBe(1);
  await stripe.changeSubscription(subscriptionId, { quantity: 3 });
  expect(await told()).toBe(200);
  await stripe.answerLate();
  expect(await early).toBe(200);
  expect(await accountOf(buyer.orgId)).toMatchObject({ bays: 3 });
  expect(await mirrorOf(subscriptionId)).toMatchObject({ bays: 3 });
});

describe("bays", () => {
  it("more of them bring their share once, however often Stripe tells; fewer, and more again, bring nothing", async () => {
    const { subscriptionId } = await givenSubscriber();
    for (const quantity of [6, 4, 6, 5]) {
      await stripe.changeSubscription(subscriptionId, { quantity });
      await flush({ copies: 2 });
      expect(await accountOf(buyer.orgId)).toMatchObject({ bays: quantity });
    }
    const [first, extra, ...more] = await allowancesOf(buyer.orgId);
    expect([first, more]).toEqual([2_000, []]);
    expect(extra).toBeGreaterThan(940);
    expect(extra).toBeLessThanOrEqual(1_000);
  });

  it("that were gone again before we heard count, from the time at which Stripe had them", async () => {
    const { subscriptionId } = await givenSubscriber();
    await clock.forward(10 * 24);
    await stripe.changeSubscription(subscriptionId, { quantity: 6 });
    await clock.forward(24);
    await stripe.changeSubscription(subscriptionId, { quantity: 4 });
    await clock.forward(5 * 24);
    await flush({ order: "reversed" });
    expect(await accountOf(buyer.orgId)).toMatchObject({ bays: 4, periodBays: 6 });
    const [, extra = 0] = await allowancesOf(buyer.orgId);
    // 18 to 21 days of a period of 28 to 31 were left; 15 to 16 when we heard.
    expect(extra).toBeGreaterThan(610);
    expect(extra).toBeLessThan(700);
  });

  it("of which no event came count from the time of Stripe's line that charges for them", async () => {
    const { subscriptionId } = await givenSubscriber();
    await clock.forward(24);
    await stripe.changeSubscription(subscriptionId, { quantity: 6 });
    await control.dropDeliveries();
    await clock.forward(14 * 24);
    await reconcilePayments(ctx, { hours: 0 });
    const [, extra = 0] = await allowancesOf(buyer.orgId);
    expect(extra).toBeGreaterThan(890);
  });
});

describe("an end", () => {
  it("that is set and taken back changes nothing; one that comes leaves the lot to its period", async () => {
    const { subscriptionId } = await givenSubscriber();
    await stripe.changeSubscription(subscriptionId, { cancelAtPeriodEnd: true });
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", renewsAt: null });
    expect((await mirrorOf(subscriptionId)).nextInvoiceAt).toBeNull();
    await stripe.changeSubscription(subscriptionId, { cancelAtPeriodEnd: false });
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ endsAt: null });
    expect((await accountOf(buyer.orgId)).renewsAt).not.toBeNull();
    await stripe.forceSubscription(subscriptionId, "canceled");
    await flush();
    expect(await stateOf()).toBe("canceled");
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
    expect((await accountOf(buyer.orgId)).balance).toBe(credits(2_000));
  });

  it("at the period's end gets no allowance on that day, by whatever it is told", async () => {
    const { subscriptionId } = await givenSubscriber();
    await stripe.changeSubscription(subscriptionId, { cancelAtPeriodEnd: true });
    await flush();
    await clock.forward(32 * 24);
    await sweepCycles(ctx);
    await flush({ order: "reversed", copies: 2 });
    expect(await stateOf()).toBe("canceled");
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
  });

  it("is followed by a new subscription, with its own anchor and allowance", async () => {
    const { subscriptionId } = await givenSubscriber();
    await stripe.forceSubscription(subscriptionId, "canceled");
    await flush();
    await clock.forward(48);
    const second = await upgradeAndPay(payments, buyer, { bays: 2, interval: "year" });
    await flush();
    expect(second.subscriptionId).not.toBe(subscriptionId);
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 2 });
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000, 1_000]);
  });
});

describe("a renewal", () => {
  it("brings one allowance, whether the scheduler or the invoice is first, or both at once", async () => {
    await givenSubscriber();
    await clock.forward(31 * 24 + 3);
    await Promise.all([sweepCycles(ctx), flush({ concurrent: true, copies: 2 })]);
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000, 2_000]);
    expect(await findDrift(buyer.orgId)).toEqual([]);
  });

  it("that is not paid stops buying and allowances; paid again, the running period alone is granted", async () => {
    const { subscriptionId, customerId } = await givenSubscriber();
    const [card] = await stripe.list("paymentMethods", { customer: customerId });
    await stripe.declineCard(String(card?.id), "insufficient_funds");
    await clock.forward(31 * 24 + 3);
    await flush();
    expect(await stateOf()).toBe("past_due");
    const [invoice] = await stripe.list("invoices", { status: "open" });
    await stripe.declineCard(String(card?.id), null);
    await stripe.moveInvoice(String(invoice?.id), { status: "paid" });
    await flush();
    await sweepCycles(ctx);
    expect(await stateOf()).toBe("active");
    expect((await mirrorOf(subscriptionId)).status).toBe("active");
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000, 2_000]);
  });
});

it("two subscriptions of one garage: whichever counts, each brings the allowance of its period once, and bays once", async () => {
  const { subscriptionId: first, customerId } = await givenSubscriber();
  await clock.forward(2);
  const second = await stripe.subscribe({ customer: customerId, quantity: 2, card: "pm_card_visa" });
  await flush();
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
  const bays = async (quantity: number) => {
    await stripe.changeSubscription(first, { quantity });
    await flush();
  };
  const counts = async (id: string, anchorOf: number) => {
    await stripe.forceSubscription(first, id === first ? "active" : "past_due");
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({
      state: "active",
      anchorAt: new Date(anchorOf * 1_000),
    });
  };
  const [atStripe] = await stripe.list("subscriptions", { id: first });
  const began = Number(atStripe?.start_date);
  for (let times = 0; times < 2; times++) {
    await counts(second.id, second.start_date);
    await counts(first, began);
  }
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000, 1_000]);
  // Fewer bays while the other counts, and as many again afterwards: they were given for this period.
  await counts(second.id, second.start_date);
  await bays(3);
  await counts(first, began);
  await bays(4);
  expect(await allowancesOf(buyer.orgId)).toEqual([2_000, 1_000]);
  await bays(5);
  const granted = await allowancesOf(buyer.orgId);
  expect(granted.slice(0, 2)).toEqual([2_000, 1_000]);
  expect(granted).toHaveLength(3);
  expect(granted[2]).toBeLessThanOrEqual(500);
  expect(await findDrift(buyer.orgId)).toEqual([]);
});

describe("what support has set", () => {
  it("an own figure survives every event", async () => {
    const own = { allowance: credits(9_000), bays: null };
    await changeSubscription(ctx, { orgId: buyer.orgId, allowance: own });
    const { subscriptionId } = await upgradeAndPay(payments, buyer);
    await flush();
    await stripe.changeSubscription(subscriptionId, { quantity: 6 });
    await flush();
    expect(await accountOf(buyer.orgId)).toMatchObject({ allowance: credits(9_000), ownAllowance: true });
    expect(await allowancesOf(buyer.orgId)).toEqual([9_000]);
  });

  it.each(["grandfathered", "demo"] as const)(
    "%s survives the events of a subscription that has ended",
    async (state) => {
      const { subscriptionId } = await givenSubscriber();
      await stripe.forceSubscription(subscriptionId, "canceled");
      await flush();
      await changeSubscription(ctx, { orgId: buyer.orgId, state });
      for (const type of ["customer.subscription.updated", "customer.subscription.deleted"])
        expect(await deliver(payments.webhookUrl, eventBody(type, { id: subscriptionId }))).toBe(200);
      await refreshSubscription(buyer.member, buyer.orgId);
      expect(await stateOf()).toBe(state);
    },
  );
});
