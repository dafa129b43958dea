import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listActs } from "@/lib/audit/list-acts";
import { getTopUp } from "@/lib/billing/get-top-up";
import { listTopUpActivity } from "@/lib/billing/list-top-up-activity";
import { disableTopUp, saveTopUp } from "@/lib/billing/save-top-up";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { type Buyer, givenBuyer, givenMember, givenPack } from "../factories/buyer";
import { asSupport, testContext } from "../factories/ledger";
import { startPayments } from "../factories/payments";
import { confirmed, giveCard, givenTopUp } from "../factories/top-ups";

const payments = await startPayments();
const { stripe } = payments;
const ctx = testContext(new Date());
const STARTER = await givenPack("price_starter");
const WORKSHOP = await givenPack("price_workshop");

let buyer: Buyer;
beforeEach(async () => {
  await payments.reset();
  buyer = await givenBuyer(ctx);
  await giveCard(ctx, stripe, buyer.orgId);
});
afterAll(payments.stop);

const storedOf = ({ orgId }: Buyer) => prisma().topUp.findUnique({ where: { orgId } });
const consentsOf = ({ orgId }: Buyer) => prisma().topUpConsent.findMany({ where: { orgId } });

it("saving keeps who agreed, when, and to which words", async () => {
  const input = await confirmed(STARTER, { threshold: 250, monthlyLimitPence: 5_000 });
  expect(await saveTopUp(buyer.member, buyer.orgId, input)).toEqual({
    kind: "enabled",
    message: "Auto top-up enabled successfully",
  });
  expect(await consentsOf(buyer)).toMatchObject([
    {
      userId: buyer.member.actor.userId,
      givenAt: ctx.now(),
      threshold: credits(250),
      packName: "price_starter",
      pricePence: 1_000,
      monthlyLimitPence: 5_000,
      words:
        "When your balance drops below 250 credits, we’ll automatically charge £10.00 to your saved card. Each charge buys price_starter - 1,000 credits. No more than £50.00 is charged in a calendar month.",
    },
  ]);
  const changed = await saveTopUp(buyer.member, buyer.orgId, await confirmed(WORKSHOP));
  expect(changed).toEqual({ kind: "updated", message: "Auto top-up updated" });
  expect(await disableTopUp(buyer.member, buyer.orgId)).toEqual({
    kind: "disabled",
    message: "Auto top-up disabled",
  });
  expect(await consentsOf(buyer)).toHaveLength(2);
  expect(await storedOf(buyer)).toMatchObject({ enabled: false, version: 3, packId: WORKSHOP.packId });
  const { acts } = await listActs(buyer.member, buyer.orgId);
  expect(acts.map(({ by, text }) => [by, text])).toEqual([
    ["Sam Ortiz", "switched auto top-up off"],
    ["Sam Ortiz", "changed auto top-up"],
    ["Sam Ortiz", "switched auto top-up on"],
  ]);
  expect(acts[1]?.changes).toContainEqual({ what: "monthly limit", from: "£50.00", to: null });
});

describe("bad input is refused at its field, and nothing is saved", () => {
  it.each([
    [
      "a threshold below 10",
      { threshold: 9 },
      "threshold",
      "Enter a whole number of credits from 10 to 1,000.",
    ],
    ["a threshold above the pack", { threshold: 1_001 }, "threshold", /10 to 1,000/],
    ["half a credit", { threshold: 10.5 }, "threshold", /whole number/],
    ["no number at all", { threshold: Number.NaN }, "threshold", /whole number/],
    ["a limit below the pack's price", { monthlyLimitPence: 999 }, "monthlyLimitPence", /at least one pack/],
    ["half a penny", { monthlyLimitPence: 1_000.5 }, "monthlyLimitPence", /at least one pack/],
    ["a pack that is gone", { packId: newId() }, "packId", /no longer available/],
    ["other words", { confirmed: "I agree" }, "confirmed", /confirm/],
    ["no words", { confirmed: "" }, "confirmed", /confirm/],
    ["another version", { version: 7 }, "version", /changed by somebody else/],
  ])("%s", async (_, fault, field, message) => {
    const input = { ...(await confirmed(STARTER)), ...fault };
    await expect(saveTopUp(buyer.member, buyer.orgId, input)).rejects.toMatchObject({
      field,
      message: expect.stringMatching(message),
    });
    expect(await storedOf(buyer)).toBeNull();
    expect(await consentsOf(buyer)).toEqual([]);
  });

  it.each([
    [10, STARTER],
    [1_000, STARTER],
  ])("a threshold of %s is taken", async (threshold, pack) => {
    const saved = await saveTopUp(buyer.member, buyer.orgId, await confirmed(pack, { threshold }));
    expect(saved.kind).toBe("enabled");
  });

  it("without a card it is not switched on", async () => {
    const poor = await givenBuyer(ctx);
    await expect(saveTopUp(poor.member, poor.orgId, await confirmed(STARTER))).rejects.toMatchObject({
      field: "enabled",
      message: "No saved payment method found. Make a credit purchase to save your card.",
    });
    expect(await getTopUp(poor.member, poor.orgId)).toMatchObject({ hasCard: false, canSwitchOn: false });
  });
});

describe("two owners at once", () => {
  it("with forms of one version, one saves and the other is told", async () => {
    const other = await givenMember(ctx, buyer.orgId, "owner");
    const forms = [
      saveTopUp(buyer.member, buyer.orgId, { ...(await confirmed(STARTER)), version: 0 }),
      saveTopUp(other.member, buyer.orgId, { ...(await confirmed(WORKSHOP)), version: 0 }),
    ];
    const ended = await Promise.allSettled(forms);
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await consentsOf(buyer)).toHaveLength(1);
    expect(await storedOf(buyer)).toMatchObject({ version: 1 });
  });

  it("twenty saves and switchings off in any order leave one of them standing", async () => {
    const input = await confirmed(STARTER);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0 ? saveTopUp(buyer.member, buyer.orgId, input) : disableTopUp(buyer.member, buyer.orgId),
      ),
    );
    const { enabled } = (await storedOf(buyer)) ?? {};
    const { wakeBelow } = await prisma().creditAccount.findUniqueOrThrow({ where: { orgId: buyer.orgId } });
    expect(wakeBelow).toBe(enabled ? credits(100) : null);
  });
});

describe("who may do what", () => {
  it("a manager sees it and changes nothing; an advisor sees nothing; another garage is not found", async () => {
    await saveTopUp(buyer.member, buyer.orgId, await confirmed(STARTER));
    const manager = await givenMember(ctx, buyer.orgId, "manager");
    const advisor = await givenMember(ctx, buyer.orgId, "advisor");
    const stranger = await givenBuyer(ctx);
    expect(await getTopUp(manager.member, buyer.orgId)).toMatchObject({
      enabled: true,
      canManage: false,
      canSwitchOn: false,
    });
    const input = await confirmed(STARTER);
    for (const act of [
      () => saveTopUp(manager.member, buyer.orgId, input),
      () => disableTopUp(manager.member, buyer.orgId),
      () => getTopUp(advisor.member, buyer.orgId),
      () => listTopUpActivity(advisor.member, buyer.orgId),
    ])
      await expect(act()).rejects.toMatchObject({ code: "forbidden" });
    for (const act of [
      () => saveTopUp(stranger.member, buyer.orgId, input),
      () => disableTopUp(stranger.member, buyer.orgId),
      () => getTopUp(stranger.member, buyer.orgId),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    expect(await storedOf(buyer)).toMatchObject({ enabled: true, version: 1 });
  });

  it("a trial has none of it; a frozen garage can only switch it off", async () => {
    const trial = await givenBuyer(ctx, { state: "trial" });
    await expect(getTopUp(trial.member, trial.orgId)).rejects.toMatchObject({ code: "not_found" });
    const frozen = await givenTopUp(ctx, stripe, STARTER);
    const { orgId } = frozen;
    await freezeAccount(asSupport(ctx), { orgId, frozen: true, reason: "test", key: `f:${orgId}` });
    await expect(saveTopUp(frozen.member, orgId, await confirmed(STARTER))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await disableTopUp(frozen.member, orgId)).kind).toBe("disabled");
  });

  it.each(["past_due", "canceled"] as const)(
    "%s: who has it on sees that it rests, and can switch it off",
    async (state) => {
      const { member, orgId } = await givenTopUp(ctx, stripe, STARTER);
      await changeSubscription(ctx, { orgId, state });
      const input = await confirmed(STARTER);
      await expect(saveTopUp(member, orgId, input)).rejects.toMatchObject({ code: "forbidden" });
      expect(await getTopUp(member, orgId)).toMatchObject({
        enabled: true,
        state: "suspended",
        canSwitchOn: false,
      });
      expect(await listTopUpActivity(member, orgId)).toEqual({ attempts: [] });
      expect((await disableTopUp(member, orgId)).kind).toBe("disabled");
      expect(await getTopUp(member, orgId)).toMatchObject({
        enabled: false,
        state: "off",
        canSwitchOn: false,
      });
      const never = await givenBuyer(ctx, { state });
      for (const act of [getTopUp, listTopUpActivity])
        await expect(act(never.member, never.orgId)).rejects.toMatchObject({ code: "not_found" });
    },
  );
});

it("the card says what the page shows", async () => {
  const fresh = await getTopUp(buyer.member, buyer.orgId);
  expect(fresh).toMatchObject({
    enabled: false,
    canSwitchOn: true,
    hasCard: true,
    card: { brand: "visa", last4: "4242" },
    threshold: null,
    minThreshold: 10,
    packId: null,
    state: "off",
    stateText: "Auto top-up is off.",
    lastAt: null,
    monthCount: 0,
    confirmation: null,
    version: 0,
  });
  expect(fresh.packs).toContainEqual({
    id: STARTER.packId,
    name: "price_starter",
    credits: 1_000,
    pricePence: 1_000,
    label: "price_starter - 1,000 credits (£10.00)",
    maxThreshold: 1_000,
  });
  await saveTopUp(buyer.member, buyer.orgId, await confirmed(STARTER));
  expect(await getTopUp(buyer.member, buyer.orgId)).toMatchObject({
    enabled: true,
    threshold: 100,
    state: "on",
    confirmation: { title: "Update Auto Top-Up", chargesNow: true },
    version: 1,
  });
});
