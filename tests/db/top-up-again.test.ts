import { afterAll, beforeEach, expect, it } from "vitest";
import { chargeTopUp } from "@/lib/billing/charge-top-up";
import { getTopUp } from "@/lib/billing/get-top-up";
import { listTopUpActivity } from "@/lib/billing/list-top-up-activity";
import { findOpenAttempt } from "@/lib/billing/store/top-up-attempts";
import { stripe as sdk } from "@/lib/billing/stripe/client";
import { prisma } from "@/lib/db/prisma";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { credits } from "@/lib/shared/money";
import { givenPack } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import { balanceOf, buyAndPay, startPayments } from "../factories/payments";
import { giveCard, givenTopUp, topUpJobs, use } from "../factories/top-ups";

// A charge that was claimed, and that Stripe has not carried out, is looked at again before it is sent.
const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const MASTERCARD = "5555555555554444";
const CONFIRM = { provider: "stripe", on: "rest", match: { route: "paymentIntents.confirm" } } as const;

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

type TopUp = Awaited<ReturnType<typeof givenTopUp>>;

const attemptsOf = async ({ member, orgId }: TopUp) =>
  (await listTopUpActivity(member, orgId)).attempts.map(({ status, outcomeText, cardLast4 }) => ({
    status,
    outcomeText,
    cardLast4,
  }));

async function claimed() {
  const buyer = await givenTopUp(ctx, stripe, STARTER);
  const { orgId } = buyer;
  await use(ctx, buyer, 100);
  await watchBalance(ctx, orgId);
  const attemptId = (await findOpenAttempt(orgId))?.id ?? "";
  return { buyer, charge: () => chargeTopUp(ctx, { orgId, attemptId }) };
}

/** Its payment is made and known; Stripe fails at the confirmation, and says so again under the same key. */
async function unsent() {
  const one = await claimed();
  await control.behave({ ...CONFIRM, effect: { kind: "error", code: 500, kept: true } });
  await expect(one.charge()).rejects.toThrow();
  return one;
}

it("after a failure of Stripe's that it keeps for the key, the next try charges", async () => {
  const { buyer, charge } = await unsent();
  await charge();
  expect(await attemptsOf(buyer)).toMatchObject([{ status: "paid", cardLast4: "4242" }]);
  expect(await stripe.list("paymentIntents", { customer: buyer.customer })).toHaveLength(1);
});

it("where the owner has bought by hand meanwhile, the card is not charged", async () => {
  const { buyer, charge } = await unsent();
  await buyAndPay(payments, buyer, STARTER);
  await control.flush();
  await charge();
  expect(await attemptsOf(buyer)).toMatchObject([
    { status: "withdrawn", outcomeText: "Not charged: the balance was no longer below the threshold." },
  ]);
  expect(await balanceOf(buyer.orgId)).toBe(credits(1_050));
  expect(
    (await stripe.list("paymentIntents", { customer: buyer.customer })).map(({ status }) => status),
  ).toEqual(["succeeded", "canceled"]);
});

it("where the pack has been withdrawn, or a payment is disputed meanwhile, the card is not charged", async () => {
  const gone = await unsent();
  await prisma().creditPack.update({ where: { id: STARTER.packId }, data: { active: false } });
  await gone.charge();
  await prisma().creditPack.update({ where: { id: STARTER.packId }, data: { active: true } });
  expect(await attemptsOf(gone.buyer)).toMatchObject([
    { status: "withdrawn", outcomeText: "Not charged: the credit pack was no longer available." },
  ]);
  const disputed = await unsent();
  await prisma().topUp.update({ where: { orgId: disputed.buyer.orgId }, data: { pausedReason: "dispute" } });
  await disputed.charge();
  expect(await attemptsOf(disputed.buyer)).toMatchObject([{ status: "withdrawn" }]);
});

it("the card is looked up again: one that was removed meanwhile is not tried", async () => {
  const { buyer, charge } = await unsent();
  await sdk().paymentMethods.detach(buyer.method);
  await stripe.saveCard({ customer: buyer.customer, card: MASTERCARD });
  await charge();
  expect(await attemptsOf(buyer)).toMatchObject([{ status: "paid", cardLast4: "4444" }]);
});

it("another card that comes while the old one is being declined is charged at once: nothing is paused", async () => {
  const { buyer, charge } = await claimed();
  await stripe.declineCard(buyer.method, "lost_card");
  await control.behave({ ...CONFIRM, effect: { kind: "late-answer" } });
  const charging = charge();
  await expect.poll(() => stripe.late()).toBe(1);
  await giveCard(ctx, stripe, buyer.orgId, MASTERCARD);
  await stripe.answerLate();
  await charging;
  expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({ state: "on" });
  await topUpJobs(ctx, buyer);
  expect(await attemptsOf(buyer)).toMatchObject([
    { status: "paid", cardLast4: "4444" },
    { status: "failed", cardLast4: "4242" },
  ]);
  await runJobs();
  expect(await prisma().mail.count({ where: { orgId: buyer.orgId, letter: "top-up-paused" } })).toBe(0);
});
