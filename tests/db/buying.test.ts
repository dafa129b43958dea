import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { buyPack } from "@/lib/billing/buy-pack";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { endOpenOrders } from "@/lib/billing/end-open-orders";
import { listPacks } from "@/lib/billing/list-packs";
import { listPurchases } from "@/lib/billing/list-purchases";
import { setFrozen } from "@/lib/credits/set-frozen";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { prisma } from "@/lib/db/prisma";
import { credits, microUsd } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { givenBuyer, givenMember, givenPack } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { asSupport, fullStart, testContext } from "../factories/ledger";
import { balanceOf, buyAndPay, clickBuy, startPayments } from "../factories/payments";

const payments = await startPayments();
const { control, stripe } = payments;
const STARTER = await givenPack("price_starter");
const WORKSHOP = await givenPack("price_workshop");
const FLEET = await givenPack("price_fleet", { active: false });
const ctx = testContext(new Date());

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

const sessionCount = async () => (await stripe.counts()).sessions;

describe("who may buy what", () => {
  it("the owner alone: a manager sees the packs and may not buy, a technician sees none", async () => {
    const owner = await givenBuyer(ctx);
    const { member: manager } = await givenMember(ctx, owner.orgId, "manager");
    const { member: technician } = await givenMember(ctx, owner.orgId, "technician");
    expect((await listPacks(manager, owner.orgId)).packs).toHaveLength(2);
    await expect(buyPack(manager, owner.orgId, STARTER)).rejects.toMatchObject({ code: "forbidden" });
    await expect(listPacks(technician, owner.orgId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(buyPack(technician, owner.orgId, STARTER)).rejects.toMatchObject({ code: "forbidden" });
    expect(await sessionCount()).toBe(0);
  });

  it("another organisation is not found, to buy for or to confirm", async () => {
    const [one, other] = [await givenBuyer(ctx), await givenBuyer(ctx)];
    await expect(buyPack(one.member, other.orgId, STARTER)).rejects.toMatchObject({ code: "not_found" });
    const { sessionId } = await buyAndPay(payments, other, STARTER);
    await expect(confirmCheckout(one.member, one.orgId, sessionId)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await balanceOf(one.orgId)).toBe(0n);
  });

  it.each(["trial", "past_due", "canceled", "demo"] as const)(
    "nothing is sold to a %s subscription",
    async (state) => {
      const { member, orgId } = await givenBuyer(ctx, { state });
      await expect(listPacks(member, orgId)).rejects.toMatchObject({ code: "not_found" });
      await expect(buyPack(member, orgId, STARTER)).rejects.toMatchObject({ code: "forbidden" });
    },
  );

  it("nothing is sold to a frozen organisation, which could not use it", async () => {
    const { member, orgId } = await givenBuyer(ctx);
    await freezeAccount(asSupport(ctx), { orgId, frozen: true, key: "hold", reason: "review" });
    await expect(buyPack(member, orgId, STARTER)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("a pack that is withdrawn, or has no price at Stripe, is not offered", async () => {
    const { member, orgId } = await givenBuyer(ctx);
    const unpriced = await givenPack("price_fleet", { priced: false });
    const offered = (await listPacks(member, orgId)).packs.map(({ id }) => id);
    expect(offered.sort()).toEqual([STARTER.packId, WORKSHOP.packId].sort());
    for (const pack of [FLEET, unpriced])
      await expect(buyPack(member, orgId, pack)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("one click", () => {
  it("leads to a session for this pack, customer and member; the payment exists only once they confirm", async () => {
    const buyer = await givenBuyer(ctx);
    const session = await clickBuy(payments, buyer, STARTER);
    expect(session).toMatchObject({
      mode: "payment",
      amount_total: 1_000,
      currency: "gbp",
      payment_intent: null,
      adaptive_pricing: { enabled: false },
      metadata: { org_id: buyer.orgId },
    });
    expect((await stripe.counts()).paymentIntents).toBe(0);
    await stripe.pay(session.id);
    const [intent] = await stripe.list("paymentIntents");
    expect(intent).toMatchObject({
      setup_future_usage: "off_session",
      receipt_email: buyer.email,
      metadata: { org_id: buyer.orgId, order_id: session.metadata?.order_id },
    });
  });

  it("clicked twice, here or in another tab, is one session for one customer", async () => {
    const buyer = await givenBuyer(ctx);
    const urls = await Promise.all(
      Array.from({ length: 8 }, () => buyPack(buyer.member, buyer.orgId, STARTER)),
    );
    const later = await buyPack(buyer.member, buyer.orgId, STARTER);
    expect(new Set([...urls, later].map(({ url }) => url)).size).toBe(1);
    expect(await stripe.counts()).toMatchObject({ sessions: 1, customers: 1 });
  });

  it("of two owners is one session: the first one's", async () => {
    const buyer = await givenBuyer(ctx);
    const { member: second } = await givenMember(ctx, buyer.orgId, "owner");
    const [one, other] = await Promise.all([
      buyPack(buyer.member, buyer.orgId, STARTER),
      buyPack(second, buyer.orgId, STARTER),
    ]);
    expect(one.url).toBe(other.url);
  });

  it.each(["Robin’s Autos", "Łódź Motors", "Café 🚗", "Line\nBreak"])(
    "opens Checkout for a garage called %j, and names the customer so",
    async (name) => {
      const buyer = await givenBuyer(ctx);
      await prisma().organization.update({ where: { id: buyer.orgId }, data: { name } });
      await clickBuy(payments, buyer, STARTER);
      expect((await stripe.list("customers")).map((customer) => customer.name)).toEqual([name]);
    },
  );

  it("after the last one was paid, or expired, is a new session", async () => {
    const buyer = await givenBuyer(ctx);
    await buyAndPay(payments, buyer, STARTER);
    const second = await clickBuy(payments, buyer, STARTER);
    await stripe.expire(second.id);
    await clickBuy(payments, buyer, STARTER);
    expect(await sessionCount()).toBe(3);
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
  });

  it("whose answer was lost finds the same session at the next click", async () => {
    const buyer = await givenBuyer(ctx);
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      times: 3,
      effect: { kind: "lost-answer", status: 503 },
    });
    await expect(buyPack(buyer.member, buyer.orgId, STARTER)).rejects.toMatchObject({ code: "unavailable" });
    await clickBuy(payments, buyer, STARTER);
    expect(await sessionCount()).toBe(1);
  });

  it("whose answer was lost can be paid no more once the garage is frozen", async () => {
    const buyer = await givenBuyer(ctx);
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      times: 3,
      effect: { kind: "lost-answer", status: 503 },
    });
    await expect(buyPack(buyer.member, buyer.orgId, STARTER)).rejects.toMatchObject({ code: "unavailable" });
    await setFrozen(ctx, { orgId: buyer.orgId, frozen: true, reason: "abuse" });
    await endOpenOrders(ctx, { orgId: buyer.orgId });
    expect(await stripe.list("sessions")).toMatchObject([{ status: "expired" }]);
  });

  it.each([
    [409, "idempotency_error", "idempotency_key_in_use"],
    [429, "invalid_request_error", "rate_limit"],
  ])("that met %i goes on as the same order", async (status, type, code) => {
    const buyer = await givenBuyer(ctx);
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      times: 3,
      effect: { kind: "http", status, body: { error: { type, code, message: "Try again." } } },
    });
    await expect(buyPack(buyer.member, buyer.orgId, STARTER)).rejects.toMatchObject({ code: "unavailable" });
    await control.clearBehaviours();
    await clickBuy(payments, buyer, STARTER);
    expect(await prisma().creditOrder.count({ where: { orgId: buyer.orgId } })).toBe(1);
  });

  it("that Stripe refused does not stand in the way of the next", async () => {
    const buyer = await givenBuyer(ctx);
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      effect: { kind: "error", code: 400 },
    });
    await expect(buyPack(buyer.member, buyer.orgId, STARTER)).rejects.toMatchObject({ code: "unavailable" });
    await clickBuy(payments, buyer, STARTER);
  });

  it("works again where Stripe has lost the session, the customer, or both", async () => {
    const buyer = await givenBuyer(ctx);
    await clickBuy(payments, buyer, STARTER);
    await payments.reset();
    const { sessionId } = await buyAndPay(payments, buyer, STARTER);
    expect(await confirmCheckout(buyer.member, buyer.orgId, sessionId)).toEqual({ status: "paid" });
    expect(await stripe.counts()).toMatchObject({ sessions: 1, customers: 1 });
    await payments.reset();
    const both = [clickBuy(payments, buyer, STARTER), clickBuy(payments, buyer, WORKSHOP)];
    expect(new Set((await Promise.all(both)).map(({ customer }) => customer)).size).toBe(1);
  });

  it("is refused where Stripe's price is not the one we show, and that session is closed", async () => {
    const buyer = await givenBuyer(ctx);
    const fleet = (data: { active: boolean; pricePence: number }) =>
      prisma().creditPack.update({ where: { id: FLEET.packId }, data });
    await fleet({ active: true, pricePence: 15_999 });
    const refused = expect(buyPack(buyer.member, buyer.orgId, { ...FLEET, pricePence: 15_999 })).rejects;
    await refused.toMatchObject({ code: "unavailable" });
    expect((await stripe.list("sessions")).map(({ status }) => status)).toEqual(["expired"]);
    await fleet({ active: false, pricePence: 16_000 });
  });
});

describe("a payment", () => {
  it("is credited by the way back alone, once, and shown in Purchase History", async () => {
    const buyer = await givenBuyer(ctx);
    const { sessionId } = await buyAndPay(payments, buyer, WORKSHOP);
    const confirm = () => confirmCheckout(buyer.member, buyer.orgId, sessionId);
    expect(await Promise.all([confirm(), confirm(), confirm()])).toEqual(Array(3).fill({ status: "paid" }));
    expect(await balanceOf(buyer.orgId)).toBe(credits(5_000));
    expect(await listPurchases(buyer.member, buyer.orgId)).toEqual([
      expect.objectContaining({
        credits: 5_000,
        pricePence: 4_500,
        source: "manual",
        status: "paid",
        returnedPence: 0,
      }),
    ]);
  });

  it("that was not made grants nothing, whatever the address says", async () => {
    const buyer = await givenBuyer(ctx);
    const session = await clickBuy(payments, buyer, STARTER);
    expect(await confirmCheckout(buyer.member, buyer.orgId, session.id)).toEqual({ status: "open" });
    await stripe.pay(session.id, { card: "4000000000000002" });
    expect(await confirmCheckout(buyer.member, buyer.orgId, session.id)).toEqual({ status: "open" });
    expect(await balanceOf(buyer.orgId)).toBe(0n);
    await stripe.pay(session.id);
    expect(await confirmCheckout(buyer.member, buyer.orgId, session.id)).toEqual({ status: "paid" });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
  });

  it("settles the overdraft first", async () => {
    const buyer = await givenBuyer(ctx);
    await settleInteraction(ctx, {
      orgId: buyer.orgId,
      channel: "voice",
      providerRef: "overdraw",
      cost: microUsd(2_000_000n),
      counted: true,
      start: fullStart(ctx.now()),
    });
    const { sessionId } = await buyAndPay(payments, buyer, STARTER);
    await confirmCheckout(buyer.member, buyer.orgId, sessionId);
    expect(await balanceOf(buyer.orgId)).toBe(credits(800));
  });

  it("leaves its card as the customer's default where there was none, and a chosen default alone", async () => {
    const buyer = await givenBuyer(ctx);
    const first = await buyAndPay(payments, buyer, STARTER);
    await confirmCheckout(buyer.member, buyer.orgId, first.sessionId);
    await runJobs();
    const [customer] = await stripe.list("customers");
    const [card] = await stripe.list("paymentMethods");
    expect(customer?.invoice_settings.default_payment_method).toBe(card?.id);
    const second = await buyAndPay(payments, buyer, STARTER, "5555555555554444");
    await confirmCheckout(buyer.member, buyer.orgId, second.sessionId);
    await runJobs();
    expect((await stripe.list("customers"))[0]?.invoice_settings.default_payment_method).toBe(card?.id);
  });

  it("by bank debit is credited when the bank has paid, and never when it has not", async () => {
    const buyer = await givenBuyer(ctx);
    const good = await buyAndPay(payments, buyer, STARTER, "bacs_debit");
    expect(await confirmCheckout(buyer.member, buyer.orgId, good.sessionId)).toEqual({
      status: "processing",
    });
    expect(await balanceOf(buyer.orgId)).toBe(0n);
    await stripe.settle(good.paymentIntent, true);
    await control.flush({ provider: "stripe" });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    const bad = await buyAndPay(payments, buyer, STARTER, "bacs_debit");
    await stripe.settle(bad.paymentIntent, false);
    await control.flush({ provider: "stripe" });
    expect(await confirmCheckout(buyer.member, buyer.orgId, bad.sessionId)).toEqual({ status: "failed" });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
  });
});
