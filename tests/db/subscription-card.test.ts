import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPlan } from "@/lib/billing/get-plan";
import { getStanding } from "@/lib/billing/get-standing";
import { getSubscription } from "@/lib/billing/get-subscription";
import { listInvoices } from "@/lib/billing/list-invoices";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenBuyer, givenMember } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { givenInvoice, givenMirror, givenPlan } from "../factories/subscriptions";

const ctx = testContext();

const NOTHING_AT_STRIPE = {
  bays: null,
  interval: null,
  pricePence: null,
  vatPence: null,
  nextInvoice: null,
  endsAt: null,
  due: null,
  paused: false,
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
    expect(await getSubscription(member, orgId)).toMatchObject({
      ...NOTHING_AT_STRIPE,
      manage: "choose",
      showsPlans: true,
    });
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
      showsPlans: false,
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

describe("an unpaid subscription", () => {
  const past = (days: number) => new Date(ctx.now().getTime() - days * 86_400_000);
  const ahead = (days: number) => past(-days);

  test("owes what is left of its open invoices, oldest first, until the next attempt", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "past_due" });
    const subscriptionId = await givenMirror(ctx, orgId, { status: "past_due", outcome: "past_due" });
    const another = await givenMirror(ctx, orgId, { status: "canceled", outcome: "canceled" });
    const later = await givenInvoice(ctx, orgId, {
      subscriptionId,
      createdAt: past(1),
      nextAttemptAt: ahead(5),
    });
    const first = await givenInvoice(ctx, orgId, {
      subscriptionId,
      createdAt: past(31),
      remainingPence: 10_000,
      nextAttemptAt: past(3),
    });
    // However many came since, as each change of bays can make one.
    for (let others = 0; others < 25; others++)
      await givenInvoice(ctx, orgId, { subscriptionId, status: "paid", remainingPence: 0 });
    await givenInvoice(ctx, orgId, { subscriptionId: another });
    expect(await getSubscription(member, orgId)).toMatchObject({
      stateText: "Payment overdue",
      paused: false,
      due: {
        totalPence: 58_000,
        nextAttempt: ahead(5).toISOString(),
        invoices: [
          {
            id: first,
            date: past(31).toISOString(),
            amountPence: 10_000,
            pageUrl: `/api/billing/invoices/${first}/page`,
          },
          { id: later, amountPence: 48_000, pageUrl: `/api/billing/invoices/${later}/page` },
        ],
      },
    });
  });

  test("that is paid again owes nothing", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "active" });
    const subscriptionId = await givenMirror(ctx, orgId);
    await givenInvoice(ctx, orgId, { subscriptionId });
    expect(await getSubscription(member, orgId)).toMatchObject({ due: null, paused: false });
  });

  test("that Stripe has paused is not called overdue, and support resumes it, unless an invoice is open", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "past_due" });
    await givenCustomer(orgId);
    const subscriptionId = await givenMirror(ctx, orgId, { status: "paused", outcome: "past_due" });
    expect(await getSubscription(member, orgId)).toMatchObject({ stateText: "Paused", paused: true });
    expect(await getStanding(member, orgId)).toMatchObject({ paused: true, update: "support" });
    await givenInvoice(ctx, orgId, { subscriptionId });
    expect(await getSubscription(member, orgId)).toMatchObject({
      stateText: "Payment overdue",
      paused: false,
    });
    expect(await getStanding(member, orgId)).toMatchObject({ paused: false, update: "portal" });
  });
});

test("an invoice that gives money back is a credit, not a payment", async () => {
  const { orgId, member } = await givenBuyer(ctx, { state: "active" });
  const subscriptionId = await givenMirror(ctx, orgId);
  await givenInvoice(ctx, orgId, { subscriptionId, status: "paid", totalPence: -671_998, remainingPence: 0 });
  const { invoices } = await listInvoices(member, orgId);
  expect(invoices).toMatchObject([{ amountPence: -671_998, status: "paid", statusText: "Credit" }]);
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
      interval: "month",
    });
    const earlier = await givenBuyer(ctx, { state: "canceled" });
    await givenMirror(ctx, earlier.orgId, { status: "canceled", outcome: "canceled" });
    expect(await getPlan(earlier.member, earlier.orgId)).toMatchObject({ bays: 4 });
  });

  test("starts with what was chosen and is not paid yet, whatever the garage had before", async () => {
    const { orgId, member } = await givenBuyer(ctx, { state: "canceled" });
    await givenMirror(ctx, orgId, { status: "canceled", outcome: "canceled" });
    const order = {
      orgId,
      id: newId(),
      userId: newId(),
      bays: 7,
      interval: "year",
      priceId: "price_bay_yearly",
      taxRateId: "txr_vat_20",
      unitPence: 90_000,
      createdAt: ctx.now(),
    };
    await prisma().subscriptionOrder.create({ data: order });
    expect(await getPlan(member, orgId)).toMatchObject({ bays: 7, interval: "year" });
    await prisma().subscriptionOrder.updateMany({ where: { orgId }, data: { status: "expired" } });
    expect(await getPlan(member, orgId)).toMatchObject({ bays: 4, interval: "month" });
  });
});
