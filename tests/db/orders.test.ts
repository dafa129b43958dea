import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { buyPack } from "@/lib/billing/buy-pack";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { stripe as sdk } from "@/lib/billing/stripe/client";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { listAttention } from "@/lib/support/list-attention";
import { type Buyer, givenBuyer, givenMember, givenPack } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { asSupport, testContext } from "../factories/ledger";
import { balanceOf, buyAndPay, clickBuy, startPayments } from "../factories/payments";
import { deliver as deliverTo, eventBody } from "../factories/stripe-events";

const payments = await startPayments();
const { control, stripe, webhookUrl } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");

let buyer: Buyer;
beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
  buyer = await givenBuyer(ctx);
});
afterAll(payments.stop);

const ordersOf = async ({ orgId }: Buyer) =>
  (await prisma().creditOrder.findMany({ where: { orgId }, orderBy: { createdAt: "asc" } })).map(
    ({ status, credits: amount }) => [status, amount],
  );

/** Pays outside Checkout, with this metadata; the payment's id. Its event is not delivered. */
async function payDirectly(metadata: Record<string, string>, amount = 1_000, currency = "gbp") {
  const intent = await sdk().paymentIntents.create({
    amount,
    currency,
    confirm: true,
    payment_method: "pm_card_visa",
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    metadata,
  });
  expect(intent.status).toBe("succeeded");
  await control.dropDeliveries();
  return intent.id;
}

const tell = (paymentIntent: string) =>
  deliverTo(webhookUrl, eventBody("payment_intent.succeeded", { id: paymentIntent }));

describe("a payment", () => {
  it("that was made while its order was called a checkout is understood", async () => {
    const session = await clickBuy(payments, buyer, STARTER);
    const { org_id = "", order_id = "" } = session.metadata ?? {};
    expect(await tell(await payDirectly({ org_id, checkout_id: order_id }))).toBe(200);
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await ordersOf(buyer)).toEqual([["paid", credits(1_000)]]);
  });

  it("that names no order is none of ours, even of our customer, and is kept", async () => {
    const { metadata } = await clickBuy(payments, buyer, STARTER);
    const before = await prisma().providerEvent.count({ where: { provider: "stripe" } });
    expect(await tell(await payDirectly({ org_id: metadata?.org_id ?? "" }))).toBe(200);
    expect(await tell(await payDirectly({ invoice: "in_1" }))).toBe(200);
    expect(await balanceOf(buyer.orgId)).toBe(0n);
    expect(await prisma().stripePayment.count({ where: { orgId: buyer.orgId } })).toBe(0);
    expect(await prisma().providerEvent.count({ where: { provider: "stripe" } })).toBe(before + 2);
  });

  it.each([
    ["of another amount", 999, "gbp"],
    ["in another currency", 1_000, "eur"],
  ])(
    "%s than was ordered grants nothing and leaves its order as it was: support sees it",
    async (_, amount, currency) => {
      const { id, metadata } = await clickBuy(payments, buyer, STARTER);
      const paymentIntent = await payDirectly({ ...metadata }, amount, currency);
      expect(await tell(paymentIntent)).toBe(200);
      expect(await ordersOf(buyer)).toEqual([["open", credits(1_000)]]);
      expect(await confirmCheckout(buyer.member, buyer.orgId, id)).toEqual({ status: "open" });
      expect(await balanceOf(buyer.orgId)).toBe(0n);
      const known = await prisma().stripePayment.findUnique({ where: { paymentIntentId: paymentIntent } });
      expect(known).toMatchObject({ outcome: "mismatch", receivedPence: amount, currency });
    },
  );
});

describe("an order", () => {
  it("of an offer that has changed ends at Stripe: what is sold is what the page showed", async () => {
    const first = await clickBuy(payments, buyer, STARTER);
    const offer = (credit: number) =>
      prisma().creditPack.update({ where: { id: STARTER.packId }, data: { credits: credits(credit) } });
    await offer(3_000);
    await expect(buyPack(buyer.member, buyer.orgId, STARTER)).rejects.toMatchObject({ code: "conflict" });
    const { paymentIntent } = await buyAndPay(payments, buyer, { ...STARTER, credits: 3_000 });
    await tell(paymentIntent);
    await offer(1_000);
    expect((await stripe.list("sessions", { id: first.id }))[0]).toMatchObject({ status: "expired" });
    expect(await stripe.pay(first.id)).toMatchObject({ outcome: "closed" });
    expect(await balanceOf(buyer.orgId)).toBe(credits(3_000));
    expect(await ordersOf(buyer)).toEqual([
      ["expired", credits(1_000)],
      ["paid", credits(3_000)],
    ]);
  });

  it("that was paid before its offer changed is granted as it was ordered", async () => {
    const first = await buyAndPay(payments, buyer, STARTER);
    await control.dropDeliveries();
    await prisma().creditPack.update({ where: { id: STARTER.packId }, data: { credits: credits(3_000) } });
    await clickBuy(payments, buyer, { ...STARTER, credits: 3_000 });
    await prisma().creditPack.update({ where: { id: STARTER.packId }, data: { credits: credits(1_000) } });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await confirmCheckout(buyer.member, buyer.orgId, first.sessionId)).toEqual({ status: "paid" });
  });

  it.each([
    [
      400,
      {
        type: "idempotency_error",
        message: "Keys for idempotent requests can only be used with the same parameters.",
      },
    ],
    [400, { type: "invalid_request_error", message: "Something is not right." }],
    [401, { type: "invalid_request_error", message: "Invalid API Key provided." }],
    [429, { type: "invalid_request_error", code: "rate_limit", message: "Too many requests." }],
    [500, { type: "api_error", message: "Something went wrong." }],
  ])("is not ended by a %i, which does not say that no session was made", async (status, error) => {
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      times: null,
      effect: { kind: "http", status, body: { error } },
    });
    await expect(buyPack(buyer.member, buyer.orgId, STARTER)).rejects.toMatchObject({ code: "unavailable" });
    expect(await ordersOf(buyer)).toEqual([["open", credits(1_000)]]);
    await control.clearBehaviours();
    await clickBuy(payments, buyer, STARTER);
    expect(await ordersOf(buyer)).toEqual([["open", credits(1_000)]]);
    expect(await stripe.counts()).toMatchObject({ sessions: 1 });
  });

  it("has one payable session, also where Stripe takes its time and three tabs ask", async () => {
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      effect: { kind: "latency", ms: 4_000 },
    });
    const clicks = await Promise.allSettled(
      Array.from({ length: 3 }, () => buyPack(buyer.member, buyer.orgId, STARTER)),
    );
    expect(clicks.some(({ status }) => status === "fulfilled")).toBe(true);
    const last = await buyPack(buyer.member, buyer.orgId, STARTER);
    for (const click of clicks) if (click.status === "fulfilled") expect(click.value).toEqual(last);
    expect((await stripe.list("sessions")).map(({ status }) => status)).toEqual(["open"]);
  });

  it("that ends while Stripe makes its session lets nobody pay that session", async () => {
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      effect: { kind: "late-answer" },
    });
    const click = buyPack(buyer.member, buyer.orgId, STARTER);
    await expect.poll(() => stripe.late()).toBe(1);
    ctx.travel(new Date(Date.now() + 2 * 3_600_000));
    await reconcilePayments(ctx, { hours: 0 });
    ctx.travel(new Date());
    await stripe.answerLate();
    const { url } = await click;
    const open = (await stripe.list("sessions")).filter(({ status }) => status === "open");
    expect(open.map((session) => session.url)).toEqual([url]);
    expect((await ordersOf(buyer)).map(([status]) => status)).toEqual(["expired", "open"]);
  });

  it("of a member who has left is followed by another's own", async () => {
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      times: 3,
      effect: { kind: "error", code: 500 },
    });
    await expect(buyPack(buyer.member, buyer.orgId, STARTER)).rejects.toMatchObject({ code: "unavailable" });
    await control.clearBehaviours();
    const second = await givenMember(ctx, buyer.orgId, "owner");
    await prisma().member.deleteMany({ where: { userId: buyer.member.actor.userId } });
    await clickBuy(payments, { orgId: buyer.orgId, ...second }, STARTER);
    expect((await stripe.list("sessions")).map(({ status }) => status)).toEqual(["open"]);
  });
});

describe("an organisation that may not buy any more", () => {
  const freeze = () =>
    freezeAccount(asSupport(ctx), { orgId: buyer.orgId, frozen: true, key: newId(), reason: "review" });
  const stops: [string, string, () => Promise<unknown>][] = [
    ["is frozen", "frozen", freeze],
    ["falls behind", "past_due", () => changeSubscription(ctx, { orgId: buyer.orgId, state: "past_due" })],
    ["has ended", "canceled", () => changeSubscription(ctx, { orgId: buyer.orgId, state: "canceled" })],
  ];

  it.each(stops)("because it %s can pay in no session that was opened before", async (_, _stop, stop) => {
    const { id } = await clickBuy(payments, buyer, STARTER);
    await stop();
    await runJobs();
    expect((await stripe.list("sessions", { id }))[0]).toMatchObject({ status: "expired" });
    expect(await stripe.pay(id)).toMatchObject({ outcome: "closed" });
    expect(await ordersOf(buyer)).toEqual([["expired", credits(1_000)]]);
  });

  it.each(stops)(
    "because it %s gets what was paid before Stripe heard of it, and support is told",
    async (_, because, stop) => {
      const { sessionId, paymentIntent } = await buyAndPay(payments, buyer, STARTER);
      await stop();
      await runJobs();
      await tell(paymentIntent);
      const { orgId } = buyer;
      const concerns = (await listAttention(asSupport(ctx))).filter((concern) => concern.orgId === orgId);
      expect(concerns).toEqual([expect.objectContaining({ what: "unusable purchase" })]);
      expect(concerns[0]?.text).toContain(`£10.00 was paid while the garage was ${because}`);
      expect(concerns[0]?.text).toContain(paymentIntent);
      expect(await prisma().creditLot.count({ where: { orgId, kind: "purchased" } })).toBe(1);
      expect(await confirmCheckout(buyer.member, orgId, sessionId)).toEqual({ status: "paid" });
    },
  );

  it("is not given a session that Stripe made while that happened", async () => {
    await control.behave({
      provider: "stripe",
      on: "rest",
      match: { route: "checkout.sessions.create" },
      effect: { kind: "late-answer" },
    });
    const click = buyPack(buyer.member, buyer.orgId, STARTER);
    const refused = expect(click).rejects.toMatchObject({ code: "forbidden" });
    await expect.poll(() => stripe.late()).toBe(1);
    await freeze();
    await stripe.answerLate();
    await refused;
    await runJobs();
    expect((await stripe.list("sessions")).map(({ status }) => status)).toEqual(["expired"]);
  });

  it("and may again before the job came to it keeps its session", async () => {
    const { id } = await clickBuy(payments, buyer, STARTER);
    await freeze();
    const input = { orgId: buyer.orgId, frozen: false, key: newId(), reason: "cleared" };
    await freezeAccount(asSupport(ctx), input);
    await runJobs();
    expect((await stripe.list("sessions", { id }))[0]).toMatchObject({ status: "open" });
  });
});

describe("reconciliation", () => {
  it("asks for a bank debit that was under way, also where Stripe's events are too old to be listed", async () => {
    const { sessionId, paymentIntent } = await buyAndPay(payments, buyer, STARTER, "bacs_debit");
    expect(await confirmCheckout(buyer.member, buyer.orgId, sessionId)).toEqual({ status: "processing" });
    await stripe.settle(paymentIntent, true);
    await control.dropDeliveries();
    ctx.travel(new Date(Date.now() + 3_600_000));
    expect(await reconcilePayments(ctx, { hours: 0 })).toMatchObject({ events: 0, failed: 0 });
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_000));
    expect(await ordersOf(buyer)).toEqual([["paid", credits(1_000)]]);
  });
});

it("a card network's inquiry is no dispute: the purchase stays paid", async () => {
  const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
  await tell(paymentIntent);
  await stripe.dispute({ paymentIntent, kind: "inquiry" });
  await control.flush({ provider: "stripe" });
  const purchase = await prisma().creditPurchase.findFirst({ where: { orgId: buyer.orgId } });
  expect(purchase).toMatchObject({ status: "paid", returnedPence: 0 });
  const known = await prisma().stripePayment.findUnique({ where: { paymentIntentId: paymentIntent } });
  expect(known).toMatchObject({ disputeOpen: false });
});
