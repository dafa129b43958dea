import fc from "fast-check";
import Stripe from "stripe";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { listPurchases } from "@/lib/billing/list-purchases";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { findDrift } from "@/lib/credits/store/reconcile";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { type Buyer, givenBuyer, givenPack } from "../factories/buyer";
import { changed, changes, hostileJson } from "../factories/hostile";
import { testContext } from "../factories/ledger";
import { balanceOf, buyAndPay, clickBuy, startPayments } from "../factories/payments";
import { deliver as deliverTo, eventBody, type Signed } from "../factories/stripe-events";

const payments = await startPayments();
const { control, stripe, webhookUrl } = payments;
const STARTER = await givenPack("price_starter");
const ctx = testContext(new Date());
const secret = String(process.env.STRIPE_WEBHOOK_SECRET);

let buyer: Buyer;
beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
  buyer = await givenBuyer(ctx);
});
afterAll(payments.stop);

const deliver = (payload: string, signed: Signed = {}) => deliverTo(webhookUrl, payload, signed);

const stored = () => prisma().providerEvent.count({ where: { provider: "stripe" } });
const flush = (options: Parameters<typeof control.flush>[0] = {}) =>
  control.flush({ provider: "stripe", ...options });

describe("a delivery", () => {
  it("without a signature, with a wrong one, a stale one, or one over another body is 401 and writes nothing", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    const before = await stored();
    const body = eventBody("payment_intent.succeeded", { id: paymentIntent });
    const ofAnother = Stripe.webhooks.generateTestHeaderString({ payload: "{}", secret });
    expect(await deliver(body, { header: null })).toBe(401);
    expect(await deliver(body, { header: "t=1,v1=00" })).toBe(401);
    expect(await deliver(body, { secret: "whsec_of_somebody_else" })).toBe(401);
    expect(await deliver(body, { ageSeconds: 600 })).toBe(401);
    expect(await deliver(body, { header: ofAnother })).toBe(401);
    const now = Math.floor(Date.now() / 1_000);
    for (const header of [`t=${now},v1=`, `t=${now},v1`, "t=,v1=", `t=${now}`, "v1", "=,=", `t=${now},v1=é`])
      expect([header, await deliver(body, { header })]).toEqual([header, 401]);
    expect([await stored(), await balanceOf(buyer.orgId)]).toEqual([before, 0n]);
  });

  it("that is signed and no event is 400, one without end 413", async () => {
    expect(await deliver("not json")).toBe(400);
    expect(await deliver("[]")).toBe(400);
    expect(await deliver(JSON.stringify({ id: "evt_1", type: "payment_intent.succeeded" }))).toBe(400);
    expect(await deliver(JSON.stringify({ pad: "x".repeat(1_100_000) }))).toBe(413);
  });

  it("of a type that nobody handles, or about nothing of ours, is stored and answered 200", async () => {
    const before = await stored();
    expect(await deliver(eventBody("radar.early_fraud_warning.created", { id: "issfr_1" }))).toBe(200);
    expect(await deliver(eventBody("invoice.paid", { id: "in_1", note: "\u0000" }))).toBe(200);
    expect(await deliver(eventBody("payment_intent.succeeded", { id: "pi_of_somebody_else" }))).toBe(200);
    expect(await deliver(eventBody("charge.refunded", { id: "ch_1", payment_intent: null }))).toBe(200);
    expect(await stored()).toBe(before + 4);
  });

  it("that is signed and hostile is never taken for a failure of ours", async () => {
    const { sessionId, paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    const [intent] = await stripe.list("paymentIntents", { id: paymentIntent });
    const [session] = await stripe.list("sessions", { id: sessionId });
    const samples = [
      ["payment_intent.succeeded", intent],
      ["checkout.session.completed", session],
      ["payment_method.attached", { id: "pm_1", customer: session?.customer }],
      ["charge.dispute.closed", { id: "dp_1", payment_intent: paymentIntent }],
      ["radar.early_fraud_warning.created", { id: "issfr_1" }],
    ].map(([type, object]) => ({ id: `evt_${newId()}`, object: "event", type, data: { object } }));
    const mangled = fc
      .tuple(fc.constantFrom(...samples), changes())
      .map(([sample, list]) => changed({ ...sample, id: `evt_${newId().replaceAll("-", "")}` }, list));
    await fc.assert(
      fc.asyncProperty(fc.oneof(mangled, hostileJson()), async (body) => {
        expect(await deliver(JSON.stringify(body) ?? "")).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    await flush();
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
  });

  it("is believed about nothing: what it says was paid is read again from Stripe", async () => {
    const { id, metadata } = await clickBuy(payments, buyer, STARTER);
    await stripe.pay(id, { card: "4000000000000002" });
    const [intent] = await stripe.list("paymentIntents");
    const claims = { ...intent, status: "succeeded", amount_received: 1_000, metadata };
    expect(await deliver(eventBody("payment_intent.succeeded", claims))).toBe(200);
    expect(await balanceOf(buyer.orgId)).toBe(0n);
  });

  it("comes fifty times at once, and grants once", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    const body = eventBody("payment_intent.succeeded", { id: paymentIntent });
    const statuses = await Promise.all(Array.from({ length: 50 }, () => deliver(body)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
  });

  it("races the way back and other events of its payment, in any order, and grants once", async () => {
    const { sessionId } = await buyAndPay(payments, buyer, STARTER);
    const back = () => confirmCheckout(buyer.member, buyer.orgId, sessionId);
    await Promise.all([back(), flush({ concurrent: true, copies: 3, order: "reversed" }), back()]);
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await findDrift(buyer.orgId)).toEqual([]);
  });

  it("that we could not act on is answered 5xx, not stored, and acted on when it comes again", async () => {
    await buyAndPay(payments, buyer, STARTER);
    const before = await stored();
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "paymentIntents.retrieve" },
      times: 3,
      effect: { kind: "error", code: 500 },
    });
    const type = "payment_intent.succeeded";
    expect((await flush({ type })).map(({ status }) => status)).toEqual([500]);
    expect([await stored(), await balanceOf(buyer.orgId)]).toEqual([before, 0n]);
    await flush({ type });
    expect([await stored(), await balanceOf(buyer.orgId)]).toEqual([before + 1, credits(1_000)]);
  });
});

describe("money that goes back", () => {
  const history = async () =>
    (await listPurchases(buyer.member, buyer.orgId)).map(({ status, returnedPence }) => [
      status,
      returnedPence,
    ]);

  it("takes back its share, cumulatively, and gives it back when the refund fails", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    await flush();
    await stripe.refund({ paymentIntent, amount: 333 });
    await flush();
    expect([await balanceOf(buyer.orgId), await history()]).toEqual([
      credits(667),
      [["partly_refunded", 333]],
    ]);
    const last = await stripe.refund({ paymentIntent });
    await flush({ copies: 2 });
    expect([await balanceOf(buyer.orgId), await history()]).toEqual([0n, [["refunded", 1_000]]]);
    await stripe.moveRefund(last.id, "failed");
    await flush();
    expect([await balanceOf(buyer.orgId), await history()]).toEqual([
      credits(667),
      [["partly_refunded", 333]],
    ]);
  });

  it("waits for the end of a dispute: won changes nothing, lost takes the credits back", async () => {
    const first = await buyAndPay(payments, buyer, STARTER);
    const dispute = await stripe.dispute({ paymentIntent: first.paymentIntent });
    await flush();
    expect([await balanceOf(buyer.orgId), await history()]).toEqual([credits(1_000), [["disputed", 0]]]);
    await stripe.moveDispute(dispute.id, "won");
    await flush();
    expect([await balanceOf(buyer.orgId), await history()]).toEqual([credits(1_000), [["paid", 0]]]);
    const second = await buyAndPay(payments, buyer, STARTER);
    const lost = await stripe.dispute({ paymentIntent: second.paymentIntent });
    await stripe.moveDispute(lost.id, "lost");
    await flush({ order: "reversed" });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await history()).toContainEqual(["charged_back", 1_000]);
  });

  it("that was refunded before its payment was known is granted and taken back at once", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    await stripe.refund({ paymentIntent });
    await flush({ order: "reversed" });
    expect([await balanceOf(buyer.orgId), await history()]).toEqual([0n, [["refunded", 1_000]]]);
  });
});

describe("reconciliation", () => {
  it("brings what no webhook brought: payments, refunds and disputes", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    await control.dropDeliveries();
    expect(await reconcilePayments(ctx, { hours: 1 })).toMatchObject({ failed: 0 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    await stripe.refund({ paymentIntent, amount: 400 });
    await control.dropDeliveries();
    await reconcilePayments(ctx, { hours: 1 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(600));
    expect(await reconcilePayments(ctx, { hours: 1 })).toMatchObject({ events: 0, failed: 0 });
  });

  it("asks for every order that has not ended, also where Stripe's events are too old to be listed", async () => {
    await buyAndPay(payments, buyer, STARTER);
    await control.dropDeliveries();
    ctx.travel(new Date(Date.now() + 3_600_000));
    expect(await reconcilePayments(ctx, { hours: 0 })).toMatchObject({ events: 0, failed: 0 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    const [purchase] = await listPurchases(buyer.member, buyer.orgId);
    const learntLate = ctx.now().getTime() - new Date(String(purchase?.purchasedAt)).getTime();
    expect(learntLate, "the purchase has its payment's date").toBeGreaterThan(3_500_000);
  });

  it("ends an order that was never paid", async () => {
    const { id } = await clickBuy(payments, buyer, STARTER);
    await control.advance(2 * 3_600);
    await control.dropDeliveries();
    ctx.travel(new Date(Date.now() + 3_600_000));
    await reconcilePayments(ctx, { hours: 0 });
    expect(await prisma().creditOrder.findFirst({ where: { sessionId: id } })).toMatchObject({
      status: "expired",
    });
  });

  it("goes on with the others where one fails", async () => {
    await buyAndPay(payments, buyer, STARTER);
    const other = await givenBuyer(ctx);
    await buyAndPay(payments, other, STARTER);
    await control.dropDeliveries();
    const [intent] = await stripe.list("paymentIntents", {});
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "paymentIntents.retrieve", id: String(intent?.id) },
      times: null,
      effect: { kind: "error", code: 500 },
    });
    expect((await reconcilePayments(ctx, { hours: 1 })).failed).toBeGreaterThan(0);
    const balances = [await balanceOf(buyer.orgId), await balanceOf(other.orgId)];
    expect(balances.sort()).toEqual([0n, credits(1_000)]);
    await control.clearBehaviours();
    await reconcilePayments(ctx, { hours: 1 });
    expect([await balanceOf(buyer.orgId), await balanceOf(other.orgId)]).toEqual([
      credits(1_000),
      credits(1_000),
    ]);
  });
});
