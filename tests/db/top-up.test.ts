import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { getTopUp } from "@/lib/billing/get-top-up";
import { listTopUpActivity } from "@/lib/billing/list-top-up-activity";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { disableTopUp, saveTopUp } from "@/lib/billing/save-top-up";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { findDrift } from "@/lib/credits/store/reconcile";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { credits } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { type Buyer, givenPack } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { asSupport, testContext } from "../factories/ledger";
import { balanceOf, buyAndPay, startPayments } from "../factories/payments";
import { confirmed, giveCard, givenTopUp, topUpJobs, use } from "../factories/top-ups";

const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const FLEET = await givenPack("price_fleet");
const HOUR_MS = 3_600_000;

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

const attemptsOf = ({ orgId }: Pick<Buyer, "orgId">) =>
  prisma().topUpAttempt.findMany({ where: { orgId }, orderBy: [{ claimedAt: "asc" }, { id: "asc" }] });

const statusesOf = async (buyer: Pick<Buyer, "orgId">) =>
  (await attemptsOf(buyer)).map(({ status, reason }) => [status, reason]);

const intentsOf = (customer: string) => stripe.list("paymentIntents", { customer });

/** Letters about auto top-up that the owners were queued. */
async function lettersOf({ orgId }: Pick<Buyer, "orgId">): Promise<string[]> {
  const { rows } = await pool().query<{ letter: string }>(
    "SELECT letter FROM mail WHERE org_id = $1 AND letter NOT LIKE 'credits-%' ORDER BY queued_at, id",
    [orgId],
  );
  return rows.map(({ letter }) => letter);
}

const stateOf = async ({ member, orgId }: Buyer) => (await getTopUp(member, orgId)).state;

describe("crossing the threshold", () => {
  it("charges the saved card once, and grants the pack as auto top-up", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await topUpJobs(ctx, buyer);
    expect(await attemptsOf(buyer)).toEqual([]);
    await use(ctx, buyer, 51);
    await runJobs();
    expect(await balanceOf(buyer.orgId)).toBe(credits(1_099));
    const [attempt] = await attemptsOf(buyer);
    expect(attempt).toMatchObject({ status: "paid", via: "charge", pricePence: 1_000, reason: null });
    expect(await intentsOf(buyer.customer)).toMatchObject([{ status: "succeeded", amount: 1_000 }]);
    expect(await prisma().creditPurchase.findMany({ where: { orgId: buyer.orgId } })).toMatchObject([
      { source: "auto_top_up", pricePence: 1_000 },
    ]);
    expect(await findDrift(buyer.orgId)).toEqual([]);
  });

  it("a hundred calls that end at once are one charge", async () => {
    const buyer = await givenTopUp(ctx, stripe, FLEET, { credits: 150, threshold: 100 });
    await Promise.all(Array.from({ length: 100 }, () => use(ctx, buyer, 1)));
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([["paid", null]]);
    expect(await balanceOf(buyer.orgId)).toBe(credits(20_050));
    expect(await intentsOf(buyer.customer)).toHaveLength(1);
  });

  it("at the threshold nothing is charged; a balance below it when it is switched on charges at once", async () => {
    const at = await givenTopUp(ctx, stripe, STARTER, { credits: 100, threshold: 100 });
    const below = await givenTopUp(ctx, stripe, STARTER, { credits: 99, threshold: 100 });
    await runJobs();
    expect(await statusesOf(at)).toEqual([]);
    expect(await statusesOf(below)).toEqual([["paid", null]]);
  });

  it("a pack that does not reach the threshold is bought again, at most three times in an hour", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER, { credits: 1_000, threshold: 1_000 });
    await use(ctx, buyer, 5_500);
    for (let look = 0; look < 5; look++) await topUpJobs(ctx, buyer);
    expect(await statusesOf(buyer)).toHaveLength(3);
    expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({
      state: "resting",
      stateText: expect.stringContaining("Three packs were bought within an hour."),
    });
    ctx.travel(new Date(ctx.now().getTime() + HOUR_MS));
    await topUpJobs(ctx, buyer);
    expect(await statusesOf(buyer)).toHaveLength(4);
  });
});

describe("a charge that fails", () => {
  it("rests an hour, and after three in a row is paused until an owner saves it", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await stripe.declineCard(buyer.method, "insufficient_funds");
    await use(ctx, buyer, 100);
    for (let failure = 1; failure <= 3; failure++) {
      await topUpJobs(ctx, buyer);
      await topUpJobs(ctx, buyer);
      expect(await statusesOf(buyer)).toEqual(
        Array.from({ length: failure }, () => ["failed", "insufficient_funds"]),
      );
      if (failure < 3) expect(await stateOf(buyer)).toBe("resting");
      ctx.travel(new Date(ctx.now().getTime() + HOUR_MS));
    }
    expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({ state: "paused", lastFailed: true });
    ctx.travel(new Date(ctx.now().getTime() + 30 * 24 * HOUR_MS));
    await topUpJobs(ctx, buyer);
    await reconcileTopUps(ctx);
    expect(await statusesOf(buyer)).toHaveLength(3);
    expect(await lettersOf(buyer)).toEqual(["top-up-failed", "top-up-paused"]);
    expect((await intentsOf(buyer.customer)).map(({ status }) => status)).toEqual(
      Array.from({ length: 3 }, () => "canceled"),
    );
    await stripe.declineCard(buyer.method, null);
    await saveTopUp(buyer.member, buyer.orgId, await confirmed(STARTER));
    await topUpJobs(ctx, buyer);
    expect((await statusesOf(buyer)).at(-1)).toEqual(["paid", null]);
    expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({ state: "on", lastFailed: false });
  });

  it.each([
    ["lost_card", "card_lost"],
    ["stolen_card", "card_lost"],
    ["expired_card", "card_expired"],
    ["fraudulent", "declined"],
  ] as const)(
    "%s is paused at once; the same card attached again lifts nothing, another one does",
    async (decline, reason) => {
      const buyer = await givenTopUp(ctx, stripe, STARTER);
      await stripe.declineCard(buyer.method, decline);
      await use(ctx, buyer, 100);
      await topUpJobs(ctx, buyer);
      expect(await statusesOf(buyer)).toEqual([["failed", reason]]);
      expect(await stateOf(buyer)).toBe("paused");
      await giveCard(ctx, stripe, buyer.orgId);
      expect(await stateOf(buyer)).toBe("paused");
      await giveCard(ctx, stripe, buyer.orgId, "5555555555554444");
      await topUpJobs(ctx, buyer);
      expect((await statusesOf(buyer)).at(-1)).toEqual(["paid", null]);
    },
  );

  it("a card that can be saved, and is refused when it is charged later, is a decline", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER, { card: "4000000000000341" });
    await use(ctx, buyer, 100);
    await topUpJobs(ctx, buyer);
    expect(await statusesOf(buyer)).toEqual([["failed", "declined"]]);
    expect(await balanceOf(buyer.orgId)).toBe(credits(50));
  });
});

describe("the monthly limit", () => {
  it("is reserved when a charge is claimed; reaching it is said once, and the next month goes on", async () => {
    ctx.travel(new Date("2026-12-10T12:00:00Z"));
    const buyer = await givenTopUp(ctx, stripe, STARTER, { monthlyLimitPence: 2_500 });
    for (let spent = 0; spent < 3; spent++) {
      await use(ctx, buyer, spent === 0 ? 60 : 1_000);
      ctx.travel(new Date(ctx.now().getTime() + 2 * HOUR_MS));
      await topUpJobs(ctx, buyer);
      await topUpJobs(ctx, buyer);
    }
    expect(await statusesOf(buyer)).toHaveLength(2);
    expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({
      state: "limit_reached",
      monthCount: 2,
      monthPence: 2_000,
      restsUntil: "2027-01-01T00:00:00.000Z",
    });
    expect(await lettersOf(buyer)).toEqual(["top-up-limit-reached"]);
    ctx.travel(new Date("2027-01-01T00:00:00Z"));
    await reconcileTopUps(ctx);
    await topUpJobs(ctx, buyer);
    expect((await attemptsOf(buyer)).map(({ month }) => month)).toEqual(["2026-12", "2026-12", "2027-01"]);
  });

  it("a charge that is only sent in the next month is claimed anew, for that one", async () => {
    ctx.travel(new Date("2026-12-31T23:59:59Z"));
    const buyer = await givenTopUp(ctx, stripe, STARTER, { monthlyLimitPence: 1_000 });
    await use(ctx, buyer, 100);
    await watchBalance(ctx, buyer.orgId);
    ctx.travel(new Date("2027-01-01T00:00:01Z"));
    for (let look = 0; look < 3; look++) await topUpJobs(ctx, buyer);
    expect((await attemptsOf(buyer)).map(({ month, status }) => [month, status])).toEqual([
      ["2026-12", "withdrawn"],
      ["2027-01", "paid"],
    ]);
  });
});

describe("what stops it", () => {
  it("a pack that is withdrawn is told once, and never bought", async () => {
    const pack = await givenPack("price_workshop");
    const buyer = await givenTopUp(ctx, stripe, pack);
    await prisma().creditPack.update({ where: { id: pack.packId }, data: { active: false } });
    await use(ctx, buyer, 100);
    for (let look = 0; look < 2; look++) await topUpJobs(ctx, buyer);
    expect(await statusesOf(buyer)).toEqual([]);
    expect(await lettersOf(buyer)).toEqual(["pack-withdrawn"]);
    expect(await stateOf(buyer)).toBe("pack_unavailable");
    await prisma().creditPack.delete({ where: { id: pack.packId } });
  });

  it("frozen and past_due suspend it; afterwards it goes on", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    const { orgId } = buyer;
    await freezeAccount(asSupport(ctx), { orgId, frozen: true, reason: "test", key: `f:${orgId}` });
    await use(ctx, buyer, 100);
    await topUpJobs(ctx, buyer);
    expect(await stateOf(buyer)).toBe("suspended");
    await freezeAccount(asSupport(ctx), { orgId, frozen: false, reason: "test", key: `u:${orgId}` });
    await changeSubscription(ctx, { orgId, state: "past_due" });
    await topUpJobs(ctx, buyer);
    expect(await statusesOf(buyer)).toEqual([]);
    await changeSubscription(ctx, { orgId, state: "active" });
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([["paid", null]]);
  });

  it("switched off between claim and charge, nothing is charged", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await use(ctx, buyer, 100);
    await watchBalance(ctx, buyer.orgId);
    await disableTopUp(buyer.member, buyer.orgId);
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([["withdrawn", "switched_off"]]);
    // It is withdrawn before anything is asked of Stripe.
    expect(await intentsOf(buyer.customer)).toEqual([]);
    expect(await stateOf(buyer)).toBe("off");
  });

  it("a dispute of any payment pauses it, until an owner saves it; another card does not help", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    await control.flush();
    await stripe.dispute({ paymentIntent });
    await control.flush();
    expect(await stateOf(buyer)).toBe("paused");
    await giveCard(ctx, stripe, buyer.orgId, "5555555555554444");
    expect(await stateOf(buyer)).toBe("paused");
    expect(await lettersOf(buyer)).toEqual(["dispute-opened", "top-up-paused"]);
    await saveTopUp(buyer.member, buyer.orgId, await confirmed(STARTER));
    expect(await stateOf(buyer)).toBe("on");
  });

  it("without a card nothing is tried; when one comes it goes on", async () => {
    const buyer = await givenTopUp(ctx, stripe, STARTER);
    await stripe.deleteCustomer(buyer.customer);
    await syncCustomer(ctx, buyer.customer);
    await use(ctx, buyer, 100);
    await topUpJobs(ctx, buyer);
    expect(await statusesOf(buyer)).toEqual([]);
    expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({ state: "paused", hasCard: false });
    await giveCard(ctx, stripe, buyer.orgId);
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([["paid", null]]);
  });
});

it("the activity says what became of each attempt, and on whose consent it stood", async () => {
  const buyer = await givenTopUp(ctx, stripe, STARTER);
  await use(ctx, buyer, 100);
  await topUpJobs(ctx, buyer);
  const { attempts } = await listTopUpActivity(buyer.member, buyer.orgId);
  const { confirmed: words } = await confirmed(STARTER);
  expect(attempts).toMatchObject([
    {
      packName: "price_starter",
      credits: 1_000,
      pricePence: 1_000,
      status: "paid",
      outcomeText: "Paid. The credits were added.",
      cardLast4: "4242",
      consent: { by: "Sam Ortiz", words },
    },
  ]);
});
