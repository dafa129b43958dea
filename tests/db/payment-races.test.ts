import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { findDrift } from "@/lib/credits/store/reconcile";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { metrics } from "@/lib/shared/metrics";
import { credits } from "@/lib/shared/money";
import { type Buyer, givenBuyer, givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { balanceOf, buyAndPay, startPayments } from "../factories/payments";
import { deliver as deliverTo, eventBody } from "../factories/stripe-events";

const payments = await startPayments();
const { control, stripe, webhookUrl } = payments;
const STARTER = await givenPack("price_starter");
const ctx = testContext(new Date());

let buyer: Buyer;
beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
  buyer = await givenBuyer(ctx);
});
afterAll(payments.stop);

const deliver = (body: string) => deliverTo(webhookUrl, body);
const succeeded = (paymentIntent: string, id?: string) =>
  eventBody("payment_intent.succeeded", { id: paymentIntent }, id);
const refunded = (paymentIntent: string, id?: string) =>
  eventBody("charge.refunded", { id: "ch_1", payment_intent: paymentIntent }, id);

/** Stripe reads the next payment at once, and answers when it is let go. */
const holdReading = (paymentIntent: string) =>
  control.behave({
    provider: "stripe",
    on: "rest",
    match: { route: "paymentIntents.retrieve", id: paymentIntent },
    effect: { kind: "late-answer" },
  });

/** Payments read and events received, by their labels, since the process started. */
async function counted(): Promise<Record<string, number>> {
  const [read, received] = await Promise.all([metrics().payments.get(), metrics().stripeEvents.get()]);
  return Object.fromEntries(
    [...read.values, ...received.values].map(({ labels, value }) => [Object.values(labels).join(" "), value]),
  );
}

/** What was counted meanwhile; what was not is left out. */
async function countedDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await counted();
  await work();
  const after = Object.entries(await counted()).map(
    ([name, value]) => [name, value - (before[name] ?? 0)] as const,
  );
  return Object.fromEntries(after.filter(([, value]) => value !== 0));
}

const knownOf = (paymentIntentId: string) =>
  prisma().stripePayment.findUniqueOrThrow({ where: { paymentIntentId } });

describe("a reading of Stripe that was overtaken", () => {
  it("is thrown away: a later refund that was applied meanwhile stays applied", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    expect(await deliver(succeeded(paymentIntent))).toBe(200);
    await stripe.refund({ paymentIntent, amount: 300 });
    await holdReading(paymentIntent);
    const early = deliver(refunded(paymentIntent));
    await expect.poll(() => stripe.late()).toBe(1);
    await stripe.refund({ paymentIntent, amount: 400 });
    expect(await deliver(refunded(paymentIntent))).toBe(200);
    expect(await balanceOf(buyer.orgId)).toBe(credits(300));
    await stripe.answerLate();
    expect(await early).toBe(200);
    expect(await balanceOf(buyer.orgId)).toBe(credits(300));
    expect(await knownOf(paymentIntent)).toMatchObject({ refundedPence: 700 });
  });

  it("writes nothing where its event was stored by a twin: the facts wait for whoever has their effects", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    await deliver(succeeded(paymentIntent));
    await stripe.refund({ paymentIntent, amount: 400 });
    await holdReading(paymentIntent);
    const id = `evt_${newId().replaceAll("-", "")}`;
    const delivery = deliver(refunded(paymentIntent, id));
    await expect.poll(() => stripe.late()).toBe(1);
    const twin = { provider: "stripe", id, type: "charge.refunded", payload: {}, receivedAt: new Date() };
    await prisma().providerEvent.create({ data: twin });
    await stripe.answerLate();
    expect(await delivery).toBe(200);
    expect(await knownOf(paymentIntent)).toMatchObject({ refundedPence: 0, version: 1 });
    expect(await deliver(refunded(paymentIntent))).toBe(200);
    expect(await balanceOf(buyer.orgId)).toBe(credits(600));
  });
});

describe("many at once", () => {
  const once = async () => {
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await prisma().creditPurchase.count({ where: { orgId: buyer.orgId } })).toBe(1);
    expect(await findDrift(buyer.orgId)).toEqual([]);
  };

  it("fifty returns beside a hundred deliveries: every return says paid, every delivery is taken, one grant", async () => {
    const { sessionId, paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    const body = succeeded(paymentIntent);
    const deliveries = Array.from({ length: 100 }, (_, n) =>
      deliver(n % 2 === 0 ? body : succeeded(paymentIntent)),
    );
    const returns = Array.from({ length: 50 }, () => confirmCheckout(buyer.member, buyer.orgId, sessionId));
    expect(new Set((await Promise.all(returns)).map(({ status }) => status))).toEqual(new Set(["paid"]));
    expect(new Set(await Promise.all(deliveries))).toEqual(new Set([200]));
    await once();
  });

  it("forty different events of one payment: each is taken and stored, and they are one change", async () => {
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    let answers: number[] = [];
    const during = await countedDuring(async () => {
      answers = await Promise.all(Array.from({ length: 40 }, () => deliver(succeeded(paymentIntent))));
    });
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(during).toEqual({ paid: 1, unchanged: 39, "webhook handled": 40 });
    expect(await knownOf(paymentIntent)).toMatchObject({ version: 1 });
    expect(await prisma().providerEvent.count({ where: { orgId: buyer.orgId } })).toBe(40);
    await once();
  });
});

it("one event that stands alone is not stored without its effects: they come with its next delivery", async () => {
  const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
  await control.dropDeliveries();
  const body = succeeded(paymentIntent);
  await pool().query(`CREATE FUNCTION refuse_for_a_test() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '57000'; END $$`);
  await pool().query(`CREATE TRIGGER refuse_for_a_test BEFORE INSERT ON credit_purchase
    FOR EACH ROW EXECUTE FUNCTION refuse_for_a_test()`);
  expect(await deliver(body)).toBe(503);
  await pool().query("DROP FUNCTION refuse_for_a_test CASCADE");
  expect(await balanceOf(buyer.orgId)).toBe(0n);
  expect(await deliver(body)).toBe(200);
  expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
});

it("every event and every payment is counted by what came of it", async () => {
  const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
  await control.dropDeliveries();
  const body = succeeded(paymentIntent);
  const during = await countedDuring(async () => {
    for (const delivery of [
      body,
      body,
      succeeded("pi_of_somebody_else"),
      eventBody("invoice.paid", { id: "in_1" }),
    ])
      expect(await deliver(delivery)).toBe(200);
    await reconcilePayments(ctx, { hours: 1 });
  });
  // Stripe's own three events of the purchase were lost: the session's, the payment's, and the saved card's.
  expect(during).toEqual({
    paid: 1,
    unchanged: 2,
    "not-ours": 1,
    "webhook handled": 2,
    "webhook duplicate": 1,
    "webhook stored": 1,
    "reconciliation missed": 3,
  });
});
