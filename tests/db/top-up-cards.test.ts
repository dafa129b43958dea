import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { getSubscription } from "@/lib/billing/get-subscription";
import { getTopUp } from "@/lib/billing/get-top-up";
import { listTopUpActivity } from "@/lib/billing/list-top-up-activity";
import { stripe as sdk } from "@/lib/billing/stripe/client";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { givenBuyer, givenPack } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import { buyAndPay, startPayments } from "../factories/payments";
import { upgradeAndPay } from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";
import { givenTopUp, topUpJobs, use } from "../factories/top-ups";

const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
await givenPlan(ctx);
const MASTERCARD = "5555555555554444";

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

type TopUp = Awaited<ReturnType<typeof givenTopUp>>;

const defaultOf = async ({ customer }: TopUp) =>
  (await stripe.list("customers", { id: customer }))[0]?.invoice_settings.default_payment_method;

/** The latest first. */
const chargesOf = async ({ member, orgId }: TopUp) =>
  (await listTopUpActivity(member, orgId)).attempts.map(({ status, cardLast4 }) => [status, cardLast4]);

const shown = ({ member, orgId }: TopUp) => getTopUp(member, orgId);

/** Buys a pack by hand, on Stripe's page, which saves the card and makes it no default. */
async function buyByHand(buyer: TopUp, card: string): Promise<void> {
  await buyAndPay(payments, buyer, STARTER, card);
  await control.flush();
  await runJobs();
}

describe("a pause after a hard decline", () => {
  it("ends when a pack is bought by hand with another card, which is the one that is charged from then on", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await stripe.declineCard(buyer.method, "lost_card");
    await use(ctx, buyer, 100);
    await runJobs();
    expect(await shown(buyer)).toMatchObject({ state: "paused", card: { last4: "4242" } });
    await buyByHand(buyer, MASTERCARD);
    expect(await defaultOf(buyer)).not.toBe(buyer.method);
    expect(await shown(buyer)).toMatchObject({ state: "on", card: { last4: "4444" } });
    await use(ctx, buyer, 1_000);
    await runJobs();
    expect(await chargesOf(buyer)).toEqual([
      ["paid", "4444"],
      ["failed", "4242"],
    ]);
  });

  it("ends at once where that card was saved before the decline was known", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await buyByHand(buyer, MASTERCARD);
    expect(await defaultOf(buyer)).toBe(buyer.method);
    await stripe.declineCard(buyer.method, "lost_card");
    await use(ctx, buyer, 1_100);
    await runJobs();
    expect(await chargesOf(buyer)).toEqual([
      ["paid", "4444"],
      ["failed", "4242"],
    ]);
  });

  it("stays where the same card, or none, was saved", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await stripe.declineCard(buyer.method, "lost_card");
    await use(ctx, buyer, 100);
    await runJobs();
    await buyByHand(buyer, "4242424242424242");
    expect(await defaultOf(buyer)).toBe(buyer.method);
    expect(await shown(buyer)).toMatchObject({ state: "paused" });
  });
});

it("three payments that Stripe refused before a card was named are its card's: a new expiry date lifts no pause", async () => {
  const buyer = await givenTopUp(ctx, stripe, STARTER);
  const effect = {
    kind: "http",
    status: 400,
    body: { error: { type: "invalid_request_error", message: "no" } },
  } as const;
  await control.behave({
    provider: "stripe",
    on: "rest",
    match: { route: "paymentIntents.create" },
    times: 3,
    effect,
  });
  await use(ctx, buyer, 100);
  for (let failure = 0; failure < 3; failure++) {
    await topUpJobs(ctx, buyer);
    ctx.travel(new Date(ctx.now().getTime() + 3_600_000));
  }
  expect(await shown(buyer)).toMatchObject({ state: "paused" });
  await sdk().paymentMethods.update(buyer.method, { card: { exp_month: 7 } });
  await syncCustomer(ctx, buyer.customer);
  expect(await shown(buyer)).toMatchObject({ state: "paused" });
});

it("names the card that is charged, and the plan's card beside it where the subscription has its own", async () => {
  const buyer = await givenTopUp(ctx, stripe, STARTER);
  const { id: own } = await stripe.saveCard({ customer: buyer.customer, card: MASTERCARD });
  await sdk().subscriptions.create({
    customer: buyer.customer,
    items: [{ price: "price_bay_monthly", quantity: 1 }],
    default_payment_method: own,
  });
  await syncCustomer(ctx, buyer.customer);
  expect(await shown(buyer)).toMatchObject({ card: { last4: "4242" } });
  expect(await getSubscription(buyer.member, buyer.orgId)).toMatchObject({ card: { last4: "4444" } });
  await use(ctx, buyer, 100);
  await topUpJobs(ctx, buyer);
  expect(await chargesOf(buyer)).toEqual([["paid", "4242"]]);
});

it("a default that is no card pays invoices and hides no card: the newest saved one is charged", async () => {
  const buyer = await givenTopUp(ctx, stripe, STARTER);
  const debit = await stripe.saveCard({ customer: buyer.customer, card: "bacs_debit", asDefault: true });
  await syncCustomer(ctx, buyer.customer);
  expect(await shown(buyer)).toMatchObject({ hasCard: true, card: { last4: "4242" } });
  await use(ctx, buyer, 100);
  await topUpJobs(ctx, buyer);
  expect(await chargesOf(buyer)).toEqual([["paid", "4242"]]);
  expect(await defaultOf(buyer)).toBe(debit.id);
});

it("Stripe's pages for a pack and for the plan save what can be charged off-session: a card", async () => {
  await buyAndPay(payments, await givenBuyer(ctx), STARTER);
  await upgradeAndPay(payments, await givenBuyer(ctx, { state: "trial" }));
  expect(
    (await stripe.list("sessions")).map(({ mode, allowed_payment_method_types: types }) => [mode, types]),
  ).toEqual([
    ["subscription", ["card"]],
    ["payment", ["card"]],
  ]);
});
