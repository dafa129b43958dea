import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { chargeTopUp } from "@/lib/billing/charge-top-up";
import { getTopUp } from "@/lib/billing/get-top-up";
import { disableTopUp, saveTopUp } from "@/lib/billing/save-top-up";
import { prisma } from "@/lib/db/prisma";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { credits } from "@/lib/shared/money";
import { givenPack } from "../factories/buyer";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import { balanceOf, startPayments } from "../factories/payments";
import { confirmed, givenTopUp, use } from "../factories/top-ups";

// What an owner has saved or switched off since a charge was claimed decides, unless the charge was sent before.
const payments = await startPayments();
const { control, stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const FLEET = await givenPack("price_fleet");

beforeEach(async () => {
  ctx.travel(new Date());
  await payments.reset();
});
afterAll(payments.stop);

type TopUp = Awaited<ReturnType<typeof givenTopUp>>;

const attemptsOf = ({ orgId }: TopUp) =>
  prisma().topUpAttempt.findMany({ where: { orgId }, orderBy: [{ claimedAt: "asc" }, { id: "asc" }] });

const statusesOf = async (buyer: TopUp) =>
  (await attemptsOf(buyer)).map(({ pricePence, status, reason }) => [pricePence, status, reason]);

/** Of every payment that was made at Stripe. */
const paymentsOf = async ({ customer }: TopUp) =>
  (await stripe.list("paymentIntents", { customer })).map(({ amount, status }) => [amount, status]);

/** A claimed attempt of the largest pack that nobody has charged yet. */
async function claimed(given: Parameters<typeof givenTopUp>[3] = {}) {
  const buyer = await givenTopUp(ctx, stripe, FLEET, given);
  await use(ctx, buyer, 100);
  await watchBalance(ctx, buyer.orgId);
  const [attempt] = await attemptsOf(buyer);
  return { buyer, charge: () => chargeTopUp(ctx, { orgId: buyer.orgId, attemptId: attempt?.id ?? "" }) };
}

const save = async ({ member, orgId }: TopUp, terms: Parameters<typeof confirmed>[1] = {}) =>
  saveTopUp(member, orgId, await confirmed(STARTER, terms));

const CHANGES: readonly (readonly [
  string,
  "terms_changed" | "switched_off",
  (buyer: TopUp) => Promise<unknown>,
])[] = [
  [
    "saved with a smaller pack and a limit",
    "terms_changed",
    (buyer) => save(buyer, { monthlyLimitPence: 1_000 }),
  ],
  [
    "switched off, and on again with a smaller pack",
    "switched_off",
    async (buyer) => {
      await disableTopUp(buyer.member, buyer.orgId);
      await save(buyer, { monthlyLimitPence: 1_000 });
    },
  ],
];

type Trouble = (charge: () => Promise<void>) => Promise<unknown>;

/** The charge is tried while a request to Stripe comes to nothing, or its answer does. */
const troubleAt =
  (
    route: string,
    effect: { kind: "http"; status: number } | { kind: "lost-answer"; status: number },
  ): Trouble =>
  async (charge) => {
    await control.behave({ provider: "stripe", on: "rest", match: { route }, times: null, effect });
    await expect(charge()).rejects.toThrow();
    await control.clearBehaviours();
  };

const TROUBLES: readonly (readonly [string, Trouble])[] = [
  ["not tried yet", async () => undefined],
  ["that Stripe never got", troubleAt("paymentIntents.create", { kind: "http", status: 503 })],
  [
    "whose payment was made, and its answer lost",
    troubleAt("paymentIntents.create", { kind: "lost-answer", status: 500 }),
  ],
  [
    "whose payment is known and not confirmed",
    troubleAt("customers.retrieve", { kind: "http", status: 503 }),
  ],
  ["whose confirmation Stripe never got", troubleAt("paymentIntents.confirm", { kind: "http", status: 503 })],
];

describe.each(CHANGES)("%s", (_, reason, change) => {
  it.each(TROUBLES)("a charge %s is withdrawn, and the new terms are charged", async (_trouble, trouble) => {
    const { buyer, charge } = await claimed();
    await trouble(charge);
    await change(buyer);
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([
      // A confirmation may have been on its way: what became of it is only known after the change.
      [FLEET.pricePence, "withdrawn", expect.stringMatching(`^(${reason}|terms_changed)$`)],
      [STARTER.pricePence, "paid", null],
    ]);
    const made = await paymentsOf(buyer);
    expect(made.filter(([, status]) => status !== "canceled")).toEqual([[STARTER.pricePence, "succeeded"]]);
    expect(await balanceOf(buyer.orgId)).toBe(credits(50 + STARTER.credits));
    expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({ monthPence: STARTER.pricePence });
  });

  it("a charge that Stripe has carried out is granted, and nothing else is charged", async () => {
    const { buyer, charge } = await claimed();
    await troubleAt("paymentIntents.retrieve", { kind: "http", status: 503 })(charge);
    await change(buyer);
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([[FLEET.pricePence, "paid", null]]);
    expect(await paymentsOf(buyer)).toEqual([[FLEET.pricePence, "succeeded"]]);
    expect(await balanceOf(buyer.orgId)).toBe(credits(50 + FLEET.credits));
  });
});

/** Does something while one of the charge's requests has been carried out and its answer is on the way. */
async function whileAnswering(route: string, charge: () => Promise<void>, work: () => Promise<unknown>) {
  const effect = { kind: "late-answer" } as const;
  await control.behave({ provider: "stripe", on: "rest", match: { route }, effect });
  const charging = charge();
  await expect.poll(() => stripe.late()).toBe(1);
  await work();
  await stripe.answerLate();
  await charging;
}

describe("whoever comes first, an owner or the charge, wins", () => {
  it.each(["paymentIntents.create", "customers.retrieve"])(
    "saved while %s is answered: the charge is not sent",
    async (route) => {
      const { buyer, charge } = await claimed();
      await whileAnswering(route, charge, () => save(buyer));
      expect(await statusesOf(buyer)).toEqual([[FLEET.pricePence, "withdrawn", "terms_changed"]]);
      expect(await paymentsOf(buyer)).toEqual([[FLEET.pricePence, "canceled"]]);
    },
  );

  it("switched off while the card is asked for, the attempt has ended before Stripe answers", async () => {
    const { buyer, charge } = await claimed();
    await whileAnswering("customers.retrieve", charge, async () => {
      await disableTopUp(buyer.member, buyer.orgId);
      expect(await statusesOf(buyer)).toEqual([[FLEET.pricePence, "withdrawn", "switched_off"]]);
    });
    expect(await paymentsOf(buyer)).toEqual([[FLEET.pricePence, "canceled"]]);
  });

  it("the reservation is freed at once: the new terms fit into a limit of one pack", async () => {
    const { buyer } = await claimed();
    await save(buyer, { monthlyLimitPence: STARTER.pricePence });
    await watchBalance(ctx, buyer.orgId);
    expect((await statusesOf(buyer)).at(-1)).toEqual([STARTER.pricePence, "open", null]);
  });
});

describe("what becomes of a charge under earlier terms says nothing of the new ones", () => {
  const DECLINED = "lost_card";

  it("a decline does not pause them: they are charged by themselves", async () => {
    const { buyer, charge } = await claimed();
    await stripe.declineCard(buyer.method, DECLINED);
    await whileAnswering("paymentIntents.confirm", charge, () => save(buyer));
    expect(await prisma().topUp.findUnique({ where: { orgId: buyer.orgId } })).toMatchObject({
      pausedReason: null,
      restUntil: null,
      failures: 0,
      failedFingerprint: null,
    });
    await stripe.declineCard(buyer.method, null);
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([
      [FLEET.pricePence, "failed", "card_lost"],
      [STARTER.pricePence, "paid", null],
    ]);
    expect(await prisma().mail.count({ where: { orgId: buyer.orgId, letter: "top-up-paused" } })).toBe(0);
  });

  it("a bank that wants its cardholder makes no link for the earlier pack", async () => {
    const { buyer, charge } = await claimed({ card: "4000002760003184" });
    await whileAnswering("paymentIntents.confirm", charge, () => save(buyer));
    expect(await statusesOf(buyer)).toEqual([[FLEET.pricePence, "needs_authentication", null]]);
    expect(await prisma().topUpLink.count({ where: { orgId: buyer.orgId } })).toBe(0);
    await runJobs();
    expect(await statusesOf(buyer)).toEqual([
      [FLEET.pricePence, "needs_authentication", null],
      [STARTER.pricePence, "needs_authentication", null],
    ]);
    expect(await prisma().topUpLink.count({ where: { orgId: buyer.orgId } })).toBe(1);
  });
});
