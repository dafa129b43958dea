import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { chargeTopUp } from "@/lib/billing/charge-top-up";
import { listTopUpActivity } from "@/lib/billing/list-top-up-activity";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { disableTopUp, saveTopUp } from "@/lib/billing/save-top-up";
import { findDrift } from "@/lib/credits/store/reconcile";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { credits } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { givenPack } from "../factories/buyer";
import { asSupport, testContext } from "../factories/ledger";
import { balanceOf, startPayments } from "../factories/payments";
import { confirmed, givenTopUp, topUpJobs, use } from "../factories/top-ups";

const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

type TopUp = Awaited<ReturnType<typeof givenTopUp>>;

const attemptsOf = ({ orgId }: TopUp) =>
  prisma().topUpAttempt.findMany({ where: { orgId }, orderBy: [{ claimedAt: "asc" }, { id: "asc" }] });

const succeeded = async ({ customer }: TopUp) =>
  (await stripe.list("paymentIntents", { customer })).filter(({ status }) => status === "succeeded");

/** One charge, one grant, and the books in order. */
async function onceOnly(buyer: TopUp): Promise<void> {
  expect(await succeeded(buyer)).toHaveLength(1);
  expect(await balanceOf(buyer.orgId)).toBe(credits(1_050));
  expect((await attemptsOf(buyer)).map(({ status }) => status)).toEqual(["paid"]);
  expect(await findDrift(buyer.orgId)).toEqual([]);
}

/** A claimed attempt that nobody has charged yet. */
async function claimed() {
  const buyer = await givenTopUp(ctx, stripe, STARTER);
  await use(ctx, buyer, 100);
  await watchBalance(ctx, buyer.orgId);
  const [attempt] = await attemptsOf(buyer);
  return { buyer, charge: () => chargeTopUp(ctx, { orgId: buyer.orgId, attemptId: attempt?.id ?? "" }) };
}

/** Does something while Stripe has charged the card and its answer is on the way. */
async function whileConfirming(charge: () => Promise<void>, work: () => Promise<unknown>): Promise<void> {
  const match = { route: "paymentIntents.confirm" };
  await control.behave({ provider: "stripe", on: "rest", match, effect: { kind: "late-answer" } });
  const charging = charge();
  await expect.poll(() => stripe.late()).toBe(1);
  await work();
  await stripe.answerLate();
  await charging;
}

describe("many at once", () => {
  it("twenty looks at the balance claim once", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await use(ctx, buyer, 100);
    await Promise.all(Array.from({ length: 20 }, () => watchBalance(ctx, buyer.orgId)));
    expect(await attemptsOf(buyer)).toHaveLength(1);
    await topUpJobs(ctx, buyer);
    await onceOnly(buyer);
  });

  it("ten runs of one charge, beside Stripe's events and reconciliation, charge once", async () => {
    const { buyer, charge } = await claimed();
    ctx.travel(new Date(Date.now() + 180_000));
    // Whoever meets another's request at Stripe is told to come again, as the queue does.
    await Promise.allSettled([
      ...Array.from({ length: 10 }, charge),
      reconcileTopUps(ctx),
      control.flush(),
      control.flush(),
    ]);
    await charge();
    await control.flush({ provider: "stripe", copies: 2 });
    await onceOnly(buyer);
  });

  it("looks, saves, switching off and freezing in any order: never two open attempts, never a charge without its credits", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    const { orgId, member } = buyer;
    await use(ctx, buyer, 100);
    const input = await confirmed(STARTER);
    const freeze = (frozen: boolean) =>
      freezeAccount(asSupport(ctx), { orgId, frozen, reason: "test", key: `${frozen}:${orgId}` });
    await Promise.allSettled([
      ...Array.from({ length: 6 }, () => topUpJobs(ctx, buyer)),
      saveTopUp(member, orgId, input),
      disableTopUp(member, orgId),
      freeze(true),
      saveTopUp(member, orgId, input),
      topUpJobs(ctx, buyer),
      freeze(false),
    ]);
    ctx.travel(new Date(Date.now() + 180_000));
    await reconcileTopUps(ctx);
    const paid = await succeeded(buyer);
    expect(await balanceOf(orgId)).toBe(credits(50 + 1_000 * paid.length));
    expect((await attemptsOf(buyer)).filter(({ status }) => status === "paid")).toHaveLength(paid.length);
    expect(await findDrift(orgId)).toEqual([]);
  });
});

describe("what happens while a charge is on its way", () => {
  it("switched off: it is finished and granted, and nothing follows", async () => {
    const { buyer, charge } = await claimed();
    await whileConfirming(charge, () => disableTopUp(buyer.member, buyer.orgId));
    await onceOnly(buyer);
    expect(await prisma().topUp.findUnique({ where: { orgId: buyer.orgId } })).toMatchObject({
      enabled: false,
    });
  });

  it("frozen: it is granted, and support is told what stood in the way", async () => {
    const { buyer, charge } = await claimed();
    const { orgId } = buyer;
    await whileConfirming(charge, () =>
      freezeAccount(asSupport(ctx), { orgId, frozen: true, reason: "test", key: `f:${orgId}` }),
    );
    await onceOnly(buyer);
    expect(await prisma().creditPurchase.findMany({ where: { orgId } })).toMatchObject([
      { boughtWhile: "frozen", source: "auto_top_up" },
    ]);
  });

  it("saved anew: what was claimed is granted", async () => {
    const { buyer, charge } = await claimed();
    await whileConfirming(charge, async () =>
      saveTopUp(buyer.member, buyer.orgId, await confirmed(STARTER, { threshold: 20 })),
    );
    await onceOnly(buyer);
  });

  it("Stripe's event comes first: the attempt ends with its grant, and the job finds nothing to do", async () => {
    const { buyer, charge } = await claimed();
    await whileConfirming(charge, async () => {
      await control.flush({ provider: "stripe", type: "payment_intent.succeeded" });
      await onceOnly(buyer);
    });
    await onceOnly(buyer);
  });
});

describe("trouble at Stripe", () => {
  it.each(["paymentIntents.create", "paymentIntents.confirm"])(
    "an answer of %s that is lost leads to the same payment",
    async (route) => {
      const { buyer, charge } = await claimed();
      const lost = { kind: "lost-answer", status: 500 } as const;
      await control.behave({ provider: "stripe", on: "rest", match: { route }, times: 3, effect: lost });
      await charge().catch(() => undefined);
      await charge();
      await onceOnly(buyer);
      expect(await stripe.list("paymentIntents", { customer: buyer.customer })).toHaveLength(1);
    },
  );

  it.each([
    ["paymentIntents.create", 401],
    ["paymentIntents.create", 403],
    ["paymentIntents.create", 409],
    ["paymentIntents.create", 429],
    ["paymentIntents.confirm", 401],
    ["paymentIntents.confirm", 409],
    ["paymentIntents.confirm", 429],
    ["paymentIntents.cancel", 409],
  ])(
    "%s answered with %s is no failure of the card: nobody is told, and the next run charges",
    async (route, code) => {
      const { buyer, charge } = await claimed();
      const isCancel = route === "paymentIntents.cancel";
      if (isCancel) await stripe.declineCard(buyer.method, "insufficient_funds");
      const effect = { kind: "error", code } as const;
      await control.behave({ provider: "stripe", on: "rest", match: { route }, times: null, effect });
      await expect(charge()).rejects.toThrow();
      expect((await attemptsOf(buyer)).map(({ status }) => status)).toEqual(["open"]);
      expect(await prisma().topUp.findUnique({ where: { orgId: buyer.orgId } })).toMatchObject({
        failures: 0,
        pausedReason: null,
        restUntil: null,
      });
      expect(
        await prisma().mail.count({ where: { orgId: buyer.orgId, letter: { startsWith: "top-up" } } }),
      ).toBe(0);
      await control.clearBehaviours();
      await charge();
      if (isCancel) expect((await attemptsOf(buyer)).map(({ status }) => status)).toEqual(["failed"]);
      else await onceOnly(buyer);
    },
  );

  it("while Stripe is away nothing fails for good: the attempt stays open, and the next run charges", async () => {
    const { buyer, charge } = await claimed();
    const away = { kind: "http", status: 503 } as const;
    await control.behave({ provider: "stripe", on: "rest", match: {}, times: null, effect: away });
    await expect(charge()).rejects.toThrow();
    expect((await attemptsOf(buyer)).map(({ status }) => status)).toEqual(["open"]);
    await control.clearBehaviours();
    await charge();
    await onceOnly(buyer);
  });
});

it("consent and attempts are never rewritten", async () => {
  const { buyer } = await claimed();
  await expect(
    pool().query("UPDATE top_up_consent SET words = 'other' WHERE org_id = $1", [buyer.orgId]),
  ).rejects.toMatchObject({ constraint: "top_up_consent_append_only" });
  await expect(
    pool().query(
      `INSERT INTO top_up_attempt (org_id, id, order_id, consent_id, via, claimed_at, month, price_pence)
       SELECT org_id, gen_random_uuid(), gen_random_uuid(), consent_id, via, claimed_at, month, price_pence
       FROM top_up_attempt WHERE org_id = $1`,
      [buyer.orgId],
    ),
  ).rejects.toMatchObject({ constraint: "top_up_attempt_one_open" });
  const { attempts } = await listTopUpActivity(buyer.member, buyer.orgId);
  expect(attempts).toMatchObject([{ status: "open", outcomeText: "Your card is being charged." }]);
});

it("however many garages wait at their limit, one whose job was lost is looked at", async () => {
  const atLimit = await givenTopUp(ctx, stripe, STARTER, { monthlyLimitPence: 1_000 });
  await use(ctx, atLimit, 100);
  await topUpJobs(ctx, atLimit);
  await use(ctx, atLimit, 1_000);
  const lost = await givenTopUp(ctx, stripe, STARTER);
  await use(ctx, lost, 100);
  await reconcileTopUps(ctx, { batch: 1 });
  expect((await attemptsOf(atLimit)).map(({ status }) => status)).toEqual(["paid"]);
  expect((await attemptsOf(lost)).map(({ status }) => status)).toEqual(["open"]);
});
