import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { choosePlan } from "@/lib/billing/choose-plan";
import { confirmSubscription } from "@/lib/billing/confirm-subscription";
import { endOpenOrders } from "@/lib/billing/end-open-orders";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { checkCredits } from "@/lib/credits/check-credits";
import { setFrozen } from "@/lib/credits/set-frozen";
import { prisma } from "@/lib/db/prisma";
import { type Buyer, givenBuyer, givenMember } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { startPayments } from "../factories/payments";
import {
  accountOf,
  allowancesOf,
  clickUpgrade,
  paySession,
  planOrdersOf,
  upgradeAndPay,
} from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";

const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
await givenPlan(ctx);

let buyer: Buyer;
beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
  buyer = await givenBuyer(ctx, { state: "trial" });
});
afterAll(payments.stop);

const choose = (bays = 4, interval: "month" | "year" = "month", by = buyer) =>
  choosePlan(by.member, by.orgId, { bays, interval });
const openSessions = async () => (await stripe.list("sessions")).filter(({ status }) => status === "open");

describe("a choice", () => {
  it("leads to a subscription of so many bays, with VAT on top and where it comes from", async () => {
    const session = await clickUpgrade(payments, buyer, { bays: 4, interval: "year" });
    expect(session).toMatchObject({
      mode: "subscription",
      amount_subtotal: 360_000,
      amount_total: 432_000,
      metadata: { org_id: buyer.orgId },
    });
    const { subscriptionId } = await paySession(payments, session.id);
    const [subscription] = await stripe.list("subscriptions", { id: subscriptionId });
    expect(subscription?.metadata).toEqual(session.metadata);
    expect(await confirmSubscription(buyer.member, buyer.orgId, session.id)).toEqual({ status: "active" });
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 4 });
    expect(await planOrdersOf(buyer.orgId)).toEqual(["completed"]);
  });

  it("is in full at once: the trial's cap is lifted for the next call", async () => {
    await prisma().creditAccount.update({
      where: { orgId: buyer.orgId },
      data: { trialSpentMicroGbp: 5_000_000n },
    });
    const call = { orgId: buyer.orgId, channel: "voice" } as const;
    expect(await checkCredits(ctx, { ...call, providerRef: "before" })).toMatchObject({
      reason: "trial-cap",
    });
    const { sessionId } = await upgradeAndPay(payments, buyer);
    await confirmSubscription(buyer.member, buyer.orgId, sessionId);
    expect(await checkCredits(ctx, { ...call, providerRef: "after" })).toMatchObject({ kind: "allow" });
  });

  it.each([0, 51, 1.5, Number.NaN, -4])("of %d bays is refused", async (bays) => {
    await expect(choose(bays)).rejects.toMatchObject({
      code: "invalid_input",
      message: "Choose between 1 and 50 bays.",
    });
    expect(await stripe.list("sessions")).toEqual([]);
  });

  it("needs billing.manage, and is nobody else's", async () => {
    const advisor = await givenMember(ctx, buyer.orgId, "advisor");
    await expect(choose(4, "month", { ...buyer, ...advisor })).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await givenBuyer(ctx, { state: "trial" });
    await expect(
      choosePlan(stranger.member, buyer.orgId, { bays: 1, interval: "month" }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    const manager = await givenMember(ctx, buyer.orgId, "manager");
    expect(await choose(4, "month", { ...buyer, ...manager })).toHaveProperty("url");
  });

  it.each(["active", "grandfathered", "past_due", "demo"] as const)("is not there in %s", async (state) => {
    const other = await givenBuyer(ctx, { state });
    await expect(choose(4, "month", other)).rejects.toMatchObject({
      code: state === "demo" ? "forbidden" : "conflict",
    });
  });

  it("is not there while support has frozen the garage, whose open session is expired", async () => {
    await choose();
    await setFrozen(ctx, { orgId: buyer.orgId, frozen: true, reason: "abuse" });
    await endOpenOrders(ctx, { orgId: buyer.orgId });
    expect(await openSessions()).toEqual([]);
    expect(await planOrdersOf(buyer.orgId)).toEqual(["expired"]);
    await expect(choose()).rejects.toMatchObject({
      code: "forbidden",
      message: /contact Torqueflow support/,
    });
  });

  it("is there again once a subscription has ended; a session of then stays open", async () => {
    await choose();
    await changeSubscription(ctx, { orgId: buyer.orgId, state: "canceled" });
    await endOpenOrders(ctx, { orgId: buyer.orgId });
    expect(await openSessions()).toHaveLength(1);
    expect(await choose()).toHaveProperty("url");
  });

  it("at a price that is another one at Stripe by now is refused, and nobody can pay it", async () => {
    await prisma().subscriptionPlan.updateMany({ data: { monthlyPence: 9_000 } });
    await expect(choose()).rejects.toMatchObject({ message: "Plans are being configured. Check back soon." });
    await prisma().subscriptionPlan.updateMany({ data: { monthlyPence: 10_000 } });
    expect(await openSessions()).toEqual([]);
    expect(await planOrdersOf(buyer.orgId)).toEqual(["expired"]);
  });

  it("without a plan says that plans are being configured", async () => {
    await prisma().subscriptionPlan.updateMany({ data: { current: false } });
    await expect(choose()).rejects.toMatchObject({ message: "Plans are being configured. Check back soon." });
    await prisma().subscriptionPlan.updateMany({ data: { current: true } });
  });
});

describe("a session of which the answer was lost", () => {
  const loseAnswers = (times: number | null) =>
    control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      effect: { kind: "lost-answer", status: 500 },
      times,
    });

  it("is found by the next click, and is the only one", async () => {
    await loseAnswers(3);
    await expect(choose()).rejects.toMatchObject({ code: "unavailable" });
    expect(await planOrdersOf(buyer.orgId)).toEqual(["open"]);
    expect(await choose()).toHaveProperty("url");
    expect(await openSessions()).toHaveLength(1);
    expect(await planOrdersOf(buyer.orgId)).toEqual(["open"]);
  });

  it("is expired by the next choice, and when the garage is frozen: never more than one can be paid", async () => {
    await loseAnswers(null);
    for (const bays of [4, 6, 8]) {
      await expect(choose(bays)).rejects.toMatchObject({ code: "unavailable" });
      expect((await openSessions()).map((session) => session.amount_subtotal)).toEqual([bays * 10_000]);
    }
    await setFrozen(ctx, { orgId: buyer.orgId, frozen: true, reason: "abuse" });
    await endOpenOrders(ctx, { orgId: buyer.orgId });
    expect(await openSessions()).toEqual([]);
    expect(await planOrdersOf(buyer.orgId)).toEqual(["expired", "expired", "expired"]);
  });
});

describe("two tabs", () => {
  it("with the same choice lead to one session, also at the same time", async () => {
    const urls = await Promise.all([choose(), choose(), choose()]);
    expect(new Set(urls.map(({ url }) => url)).size).toBe(1);
    expect(await openSessions()).toHaveLength(1);
  });

  it("with two choices: the second expires the first", async () => {
    await choose(4);
    await choose(6, "year");
    const open = await openSessions();
    expect(open.map((session) => session.amount_subtotal)).toEqual([540_000]);
    expect(await planOrdersOf(buyer.orgId)).toEqual(["expired", "open"]);
  });

  it("with other choices at the same instant: one has its address, and what others are told is no fault of ours", async () => {
    const settled = await Promise.allSettled([1, 2, 3].map((bays) => choose(bays)));
    const refused = settled.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeLessThan(3);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: "conflict" } });
    expect(await openSessions()).toHaveLength(1);
    expect((await planOrdersOf(buyer.orgId)).filter((status) => status === "open")).toHaveLength(1);
  });

  it("with two choices, of which the first was paid meanwhile: that is applied and said", async () => {
    await upgradeAndPay(payments, buyer);
    await expect(choose(6)).rejects.toMatchObject({
      code: "conflict",
      message: "There is a subscription already. Use Manage Subscription to change it.",
    });
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active", bays: 4 });
    expect(await stripe.list("subscriptions")).toHaveLength(1);
  });

  it("never pay twice: a subscription that we have not heard of is looked up before a session is made", async () => {
    const { customerId } = await upgradeAndPay(payments, buyer);
    // As if the order, and with it the way back, were lost.
    await prisma().subscriptionOrder.deleteMany({ where: { orgId: buyer.orgId } });
    await expect(choose(6)).rejects.toMatchObject({ code: "conflict" });
    expect(await stripe.list("subscriptions", { customer: customerId })).toHaveLength(1);
    expect(await allowancesOf(buyer.orgId)).toEqual([2_000]);
  });
});

describe("the way back", () => {
  it("says what the server knows, whatever the address says", async () => {
    const { id } = await clickUpgrade(payments, buyer);
    expect(await confirmSubscription(buyer.member, buyer.orgId, id)).toEqual({ status: "not_completed" });
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "trial" });
    await stripe.expire(id);
    expect(await confirmSubscription(buyer.member, buyer.orgId, id)).toEqual({ status: "not_completed" });
    expect(await planOrdersOf(buyer.orgId)).toEqual(["expired"]);
  });

  it("is not found for another garage's session", async () => {
    const { id } = await clickUpgrade(payments, buyer);
    const stranger = await givenBuyer(ctx, { state: "trial" });
    await expect(confirmSubscription(stranger.member, stranger.orgId, id)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("does not need to be taken: the events activate, and so does reconciliation without any", async () => {
    await upgradeAndPay(payments, buyer);
    await control.flush({ provider: "stripe" });
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active" });
    expect(await planOrdersOf(buyer.orgId)).toEqual(["completed"]);
    const lost = await givenBuyer(ctx, { state: "trial" });
    await upgradeAndPay(payments, lost);
    await control.dropDeliveries();
    ctx.travel(new Date(Date.now() + 3_600_000));
    expect(await reconcilePayments(ctx, { hours: 0 })).toMatchObject({ events: 0, failed: 0 });
    expect(await accountOf(lost.orgId)).toMatchObject({ state: "active" });
    expect(await allowancesOf(lost.orgId)).toEqual([2_000]);
  });
});

describe("a customer whom Stripe has deleted", () => {
  it("is forgotten, and the next purchase makes another one", async () => {
    const first = await clickUpgrade(payments, buyer);
    await stripe.expire(first.id);
    await stripe.deleteCustomer(String(first.customer));
    await syncCustomer(ctx, String(first.customer));
    const second = await clickUpgrade(payments, buyer);
    expect(second.customer).not.toBe(first.customer);
    await paySession(payments, second.id);
    await confirmSubscription(buyer.member, buyer.orgId, second.id);
    expect(await accountOf(buyer.orgId)).toMatchObject({ state: "active" });
  });

  it("is replaced also where nobody told of it", async () => {
    const first = await clickUpgrade(payments, buyer);
    await stripe.expire(first.id);
    await stripe.deleteCustomer(String(first.customer));
    const second = await clickUpgrade(payments, buyer);
    expect(second.customer).not.toBe(first.customer);
  });
});
