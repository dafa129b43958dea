import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { getTopUp } from "@/lib/billing/get-top-up";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { saveTopUp } from "@/lib/billing/save-top-up";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { grantCredits } from "@/lib/credits/grant-credits";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { warnOfExpiry } from "@/lib/jobs/warn-of-expiry";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { credits, microUsd } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { type Buyer, givenBuyer, givenMember, givenPack } from "../factories/buyer";
import { asSupport, fullStart, testContext } from "../factories/ledger";
import { givenOrganisation } from "../factories/organisation";
import { buyAndPay, startPayments } from "../factories/payments";
import { stripeClock } from "../factories/stripe-clock";
import { upgradeAndPay } from "../factories/subscribing";
import { givenPlan } from "../factories/subscriptions";
import { confirmed, giveCard, givenTopUp } from "../factories/top-ups";

const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const clock = stripeClock(payments, ctx);
await givenPlan(ctx);
const STARTER = await givenPack("price_starter");

beforeEach(async () => {
  await clock.reset();
  await payments.reset();
});
afterAll(payments.stop);

const CENT = 10_000n;
const DAY_MS = 86_400_000;

/** Letters that an organisation's owners were queued, in the order of their causes. */
async function lettersOf(orgId: string) {
  const { rows } = await pool().query<{ letter: string; data: object }>(
    "SELECT letter, data FROM mail WHERE org_id = $1 ORDER BY queued_at, id",
    [orgId],
  );
  return rows.map(({ letter, data }) => ({ letter, ...data }));
}

const namesOf = async (orgId: string) => (await lettersOf(orgId)).map(({ letter }) => letter);

async function givenOwned(given: Parameters<typeof givenOrganisation>[1]): Promise<string> {
  const { orgId } = await givenOrganisation(ctx, given);
  await givenMember(ctx, orgId, "owner");
  return orgId;
}

let calls = 0;
/** One call that costs so many credits, and the job that its crossing queues. */
async function use(orgId: string, whole: number): Promise<void> {
  calls += 1;
  await settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef: `call-${calls}`,
    cost: microUsd(BigInt(whole) * CENT),
    counted: true,
    start: fullStart(ctx.now()),
  });
  await watchBalance(ctx, orgId);
}

describe("the warnings of credits", () => {
  it("are mailed at 90% and at 100%, not at 75%, and once until they are armed again", async () => {
    const orgId = await givenOwned({ allowance: 1_000 });
    await use(orgId, 760);
    expect(await lettersOf(orgId)).toEqual([]);
    await use(orgId, 150);
    await watchBalance(ctx, orgId);
    expect(await lettersOf(orgId)).toEqual([
      { letter: "credits-low", balance: 90, maximum: 1_000, remedy: "buy" },
    ]);
    await use(orgId, 100);
    await Promise.all([watchBalance(ctx, orgId), watchBalance(ctx, orgId)]);
    expect((await lettersOf(orgId)).slice(1)).toEqual([
      { letter: "credits-exhausted", shortfall: 10, remedy: "buy" },
    ]);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(500), key: "pack" });
    ctx.travel(new Date(ctx.now().getTime() + 1_000));
    await use(orgId, 490);
    expect(await namesOf(orgId)).toEqual(["credits-low", "credits-exhausted", "credits-exhausted"]);
  });

  it("that one step crosses together are one mail, of the highest", async () => {
    const orgId = await givenOwned({ allowance: 1_000 });
    await use(orgId, 1_000);
    expect(await namesOf(orgId)).toEqual(["credits-exhausted"]);
  });

  it("lead to the payment that is owed, or to subscribing again, where nothing can be bought", async () => {
    for (const [state, remedy] of [
      ["past_due", "pay"],
      ["canceled", "subscribe"],
    ] as const) {
      const orgId = await givenOwned({ allowance: 1_000 });
      await changeSubscription(ctx, { orgId, state });
      await use(orgId, 950);
      expect(await lettersOf(orgId)).toEqual([expect.objectContaining({ letter: "credits-low", remedy })]);
    }
  });

  it("do not ask to turn on auto top-up where it is on: it buys a pack, or says that it cannot", async () => {
    const remedyOf = async (orgId: string) =>
      (await lettersOf(orgId)).find(({ letter }) => letter === "credits-low");
    const buys = await givenTopUp(ctx, stripe, STARTER);
    await use(buys.orgId, 136);
    expect(await remedyOf(buys.orgId)).toMatchObject({ remedy: "top-up" });
    const fleet = await givenPack("price_fleet");
    const stopped = await givenTopUp(ctx, stripe, fleet);
    await prisma().creditPack.update({ where: { id: fleet.packId }, data: { active: false } });
    await use(stopped.orgId, 136);
    expect(await remedyOf(stopped.orgId)).toMatchObject({ remedy: "top-up-stopped" });
  });

  it("tell a trial about its cap", async () => {
    const orgId = await givenOwned({ state: "trial", allowance: 1_000, trialCapPence: 500 });
    await use(orgId, 580); // at 0.79 of a pound to the dollar: £4.58
    await use(orgId, 60);
    expect(await lettersOf(orgId)).toEqual([
      { letter: "trial-cap-low", spentPence: 458, capPence: 500 },
      { letter: "trial-cap-reached", capPence: 500 },
    ]);
  });

  it("are queued with their record or not at all", async () => {
    const orgId = await givenOwned({ allowance: 1_000 });
    await pool().query("ALTER TABLE mail ADD CONSTRAINT full_disk CHECK (false) NOT VALID");
    await expect(use(orgId, 950)).rejects.toThrow(/full_disk/);
    await pool().query("ALTER TABLE mail DROP CONSTRAINT full_disk");
    expect(await lettersOf(orgId)).toEqual([]);
    await watchBalance(ctx, orgId);
    expect(await namesOf(orgId)).toEqual(["credits-low"]);
  });

  it("are not mailed to a frozen organisation or a demonstration", async () => {
    const frozen = await givenOwned({ allowance: 1_000 });
    await freezeAccount(asSupport(ctx), { orgId: frozen, frozen: true, key: "case", reason: "abuse" });
    const demo = await givenOwned({ state: "demo" });
    for (const orgId of [frozen, demo]) await use(orgId, 1_000);
    expect([await lettersOf(frozen), await lettersOf(demo)]).toEqual([[], []]);
  });
});

describe("gifted credits", () => {
  beforeEach(() => ctx.travel(new Date("2026-12-01T12:00:00Z")));

  const gift = (orgId: string, whole: number, days: number, key = "gift") =>
    grantCredits(ctx, {
      orgId,
      kind: "gifted",
      amount: credits(whole),
      key,
      expiresAt: new Date(ctx.now().getTime() + days * DAY_MS),
    });
  const forward = (days: number) => ctx.travel(new Date(ctx.now().getTime() + days * DAY_MS));

  it("are announced 14 and 3 days before they expire, once each", async () => {
    const orgId = await givenOwned({ allowance: 1_000 });
    await gift(orgId, 50, 20.25);
    await warnOfExpiry(ctx);
    expect(await lettersOf(orgId)).toEqual([]);
    for (let day = 0; day < 21; day++) {
      forward(1);
      await warnOfExpiry(ctx);
      await warnOfExpiry(ctx);
    }
    const letters = await lettersOf(orgId);
    expect(letters).toEqual([
      expect.objectContaining({ letter: "credits-expiring", remaining: 50 }),
      expect.objectContaining({ letter: "credits-expiring", remaining: 50 }),
    ]);
    const { rows } = await pool().query<{ cause: string; daysLeft: number }>(
      `SELECT cause, extract(epoch FROM (data ->> 'expiresAt')::timestamptz - queued_at)::float8 / 86400 AS "daysLeft"
       FROM mail WHERE org_id = $1 ORDER BY queued_at`,
      [orgId],
    );
    expect(rows.map(({ daysLeft }) => daysLeft)).toEqual([13.25, 2.25]);
  });

  it("are announced by day", async () => {
    const orgId = await givenOwned({ allowance: 1_000 });
    await gift(orgId, 50, 10);
    for (const night of ["2026-12-02T07:59:00Z", "2026-12-02T20:00:00Z", "2026-12-03T03:00:00Z"]) {
      ctx.travel(new Date(night));
      expect(await warnOfExpiry(ctx)).toBe(0);
    }
    ctx.travel(new Date("2026-12-03T08:00:00Z"));
    expect(await warnOfExpiry(ctx)).toBe(1);
  });

  it("are not where there are fewer than ten, nor where they count for nothing", async () => {
    const few = await givenOwned({ allowance: 1_000 });
    await gift(few, 9, 5);
    const trial = await givenOwned({ state: "trial", allowance: 1_000, trialCapPence: 500 });
    const frozen = await givenOwned({ allowance: 1_000 });
    for (const orgId of [trial, frozen]) await gift(orgId, 50, 5);
    await freezeAccount(asSupport(ctx), { orgId: frozen, frozen: true, key: "case", reason: "abuse" });
    const canceled = await givenOwned({ allowance: 1_000 });
    await gift(canceled, 10, 5);
    await changeSubscription(ctx, { orgId: canceled, state: "canceled" });
    await warnOfExpiry(ctx);
    for (const orgId of [few, trial, frozen]) expect(await lettersOf(orgId)).toEqual([]);
    expect(await namesOf(canceled)).toEqual(["credits-expiring"]);
  });
});

describe("trouble that Stripe reports", () => {
  beforeEach(() => ctx.travel(new Date()));

  let buyer: Buyer;
  const flush = () => control.flush({ provider: "stripe", copies: 2 });

  it("of a dispute is mailed once, however often it is told, and an inquiry is none", async () => {
    buyer = await givenBuyer(ctx);
    const { paymentIntent } = await buyAndPay(payments, buyer, STARTER);
    const inquired = await buyAndPay(payments, buyer, STARTER);
    await stripe.dispute({ paymentIntent });
    await stripe.dispute({ paymentIntent: inquired.paymentIntent, kind: "inquiry" });
    await flush();
    await reconcilePayments(ctx, { hours: 1 });
    expect(await lettersOf(buyer.orgId)).toEqual([
      {
        letter: "dispute-opened",
        about: "pack",
        name: "price_starter",
        amountPence: 1_000,
      },
    ]);
  });

  it("of a subscription that was not paid is mailed once per invoice, with when it is tried again", async () => {
    buyer = await givenBuyer(ctx, { state: "trial" });
    const { customerId } = await upgradeAndPay(payments, buyer);
    await flush();
    expect(await lettersOf(buyer.orgId)).toEqual([]);
    const [card] = await stripe.list("paymentMethods", { customer: customerId });
    await stripe.declineCard(String(card?.id), "insufficient_funds");
    await clock.forward(31 * 24 + 3);
    await flush();
    await reconcilePayments(ctx, { hours: 1 });
    const [invoice] = await stripe.list("invoices", { status: "open" });
    expect(await lettersOf(buyer.orgId)).toEqual([
      {
        letter: "subscription-payment-failed",
        amountPence: invoice?.amount_remaining,
        nextAttemptAt: new Date(Number(invoice?.next_payment_attempt) * 1_000).toISOString(),
      },
    ]);
  });

  it("of a disputed invoice names the subscription", async () => {
    buyer = await givenBuyer(ctx, { state: "trial" });
    await upgradeAndPay(payments, buyer);
    await flush();
    const [charge] = await stripe.list("charges");
    await stripe.dispute({ paymentIntent: String(charge?.payment_intent) });
    await flush();
    expect(await lettersOf(buyer.orgId)).toEqual([
      expect.objectContaining({ letter: "dispute-opened", about: "subscription", name: "your subscription" }),
    ]);
  });

  it("of a disputed invoice pauses auto top-up as well, once until it is saved; a refund does not", async () => {
    buyer = await givenBuyer(ctx, { state: "trial" });
    const { member, orgId } = buyer;
    await upgradeAndPay(payments, buyer);
    await flush();
    await giveCard(ctx, stripe, orgId);
    await saveTopUp(member, orgId, await confirmed(STARTER));
    const stateNow = async () => (await getTopUp(member, orgId)).state;
    const [charge] = await stripe.list("charges");
    const paymentIntent = String(charge?.payment_intent);
    await stripe.refund({ paymentIntent, amount: 100 });
    await flush();
    expect(await stateNow()).toBe("on");
    await stripe.dispute({ paymentIntent });
    await flush();
    expect(await stateNow()).toBe("paused");
    expect(await namesOf(orgId)).toEqual(["dispute-opened", "top-up-paused"]);
    await saveTopUp(member, orgId, await confirmed(STARTER));
    await flush();
    await reconcilePayments(ctx, { hours: 1 });
    expect(await stateNow()).toBe("on");
  });
});
