import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPlan } from "@/lib/billing/get-plan";
import { getSubscription } from "@/lib/billing/get-subscription";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenBuyer, givenMember } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { givenMirror, givenPlan } from "../factories/subscriptions";

const ctx = testContext();

const NOTHING_AT_STRIPE = {
  bays: null,
  interval: null,
  pricePence: null,
  vatPence: null,
  nextInvoice: null,
  endsAt: null,
  card: null,
};

beforeAll(async () => {
  const { orgId, member } = await givenBuyer(ctx, { state: "trial" });
  expect(await getPlan(member, orgId)).toBeNull();
  await givenPlan(ctx);
});
afterAll(() => closePool());

const givenCustomer = (orgId: string, card = {}) =>
  prisma().stripeCustomer.create({
    data: { orgId, customerId: `cus_${newId()}`, createdAt: ctx.now(), ...card },
  });

describe("the subscription card", () => {
  test("knows nothing of Stripe where there is no subscription, and leads a trial to Choose Your Plan", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "trial" });
    expect(await getSubscription(member, orgId)).toMatchObject({ ...NOTHING_AT_STRIPE, manage: "choose" });
  });

  test("names bays, price with VAT, next invoice and card, and leads to the portal", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "active" });
    await givenMirror(ctx, orgId);
    await givenCustomer(orgId, { cardBrand: "visa", cardLast4: "4242" });
    expect(await getSubscription(member, orgId)).toMatchObject({
      bays: 4,
      interval: "month",
      pricePence: 40_000,
      vatPence: 8_000,
      nextInvoice: { date: "2026-12-08T15:00:00.000Z", amountPence: 48_000 },
      endsAt: null,
      card: { brand: "visa", last4: "4242" },
      manage: "portal",
    });
  });

  test("shows the living subscription beside an ended one, and when it ends", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "active" });
    const ended = new Date("2026-10-01T09:00:00Z");
    const ends = new Date("2026-12-08T15:00:00Z");
    await givenMirror(ctx, orgId, { status: "canceled", outcome: "canceled", endedAt: ended });
    await givenMirror(ctx, orgId, { endsAt: ends });
    expect(await getSubscription(member, orgId)).toMatchObject({ endsAt: ends.toISOString() });
  });

  test.each([
    ["canceled", "choose"],
    ["past_due", "support"],
    ["grandfathered", "support"],
    ["demo", null],
  ] as const)("of %s without a customer at Stripe: %s", async (state, manage) => {
    const { orgId, member } = await givenBuyer(ctx, { state });
    expect(await getSubscription(member, orgId)).toMatchObject({ manage });
  });

  test("of a customer whom Stripe has deleted shows no card, and leads to support", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "grandfathered" });
    await givenCustomer(orgId, { cardBrand: "visa", cardLast4: "4242", deletedAt: ctx.now() });
    expect(await getSubscription(member, orgId)).toMatchObject({ card: null, manage: "support" });
  });

  test("is not for those without billing.view; another organisation's is not found", async () => {
    const { orgId } = await givenBuyer(ctx, { state: "active" });
    const { member } = await givenMember(ctx, orgId, "advisor");
    await expect(getSubscription(member, orgId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(getPlan(member, orgId)).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await givenBuyer(ctx);
    await expect(getPlan(stranger.member, orgId)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("Choose Your Plan", () => {
  test("starts with one bay in a trial, and with what the garage had before", async () => {
    const trial = await givenBuyer(ctx, { state: "trial" });
    expect(await getPlan(trial.member, trial.orgId)).toEqual({
      name: "Torqueflow",
      monthlyPence: 10_000,
      yearlyPence: 90_000,
      taxPercent: 20,
      creditsPerBay: 500,
      minBays: 1,
      maxBays: 50,
      bays: 1,
    });
    const earlier = await givenBuyer(ctx, { state: "canceled" });
    await givenMirror(ctx, earlier.orgId, { status: "canceled", outcome: "canceled" });
    expect(await getPlan(earlier.member, earlier.orgId)).toMatchObject({ bays: 4 });
  });
});
