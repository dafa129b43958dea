import { afterAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { getSubscription } from "@/lib/billing/get-subscription";
import { getBalance } from "@/lib/credits/get-balance";
import { getNotices } from "@/lib/credits/get-notices";
import { getTrend } from "@/lib/credits/get-trend";
import { getUsage } from "@/lib/credits/get-usage";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { readAccount } from "@/lib/credits/store/account";
import { closePool, pool } from "@/lib/db/pool";
import { credits, microUsd } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import { asMember, asSupport, fullStart, givenAccount, testContext } from "../factories/ledger";

afterAll(closePool);

const CENT = 10_000n;
const DAY_MS = 86_400_000;
type Channel = "voice" | "whatsapp" | "sms" | "diagnostics";

const use = (ctx: Ctx, orgId: string, channel: Channel, ref: string, cost: bigint) =>
  settleInteraction(ctx, {
    orgId,
    channel,
    providerRef: ref,
    cost: microUsd(cost),
    counted: true,
    start: fullStart(ctx.now()),
  });

const balance = (ctx: Ctx, orgId: string) => getBalance(asMember(ctx, orgId), orgId);

describe("a shortfall", () => {
  it("is told: what the last purchase settled of it, and what is still needed", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await use(ctx, orgId, "voice", "call", 1_010n * CENT + 1n);
    expect((await balance(ctx, orgId)).shortfall).toEqual({ needed: 1_011, settled: 0 });
    const pack = { orgId, kind: "purchased", amount: credits(1_000) } as const;
    await grantCredits(ctx, { ...pack, key: "stripe:payment_intent:pi_1" });
    expect(await balance(ctx, orgId)).toMatchObject({
      balance: 0,
      shortfall: { needed: 11, settled: 1_000 },
    });
    expect((await getNotices(asMember(ctx, orgId), orgId)).degradation).toMatchObject({ shortfall: 11 });
    await grantCredits(ctx, { ...pack, key: "stripe:payment_intent:pi_2" });
    expect(await balance(ctx, orgId)).toMatchObject({ balance: 989, shortfall: null });
  });

  it("is none of a trial's: its cap counts, and what it used is written off when it upgrades", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { state: "trial" });
    await use(ctx, orgId, "voice", "call", 387n * CENT);
    expect(await balance(ctx, orgId)).toMatchObject({ balance: 0, shortfall: null });
  });

  it("names no purchase that settled another one, long ago, or that a gift came after", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await use(ctx, orgId, "voice", "first", 3n * CENT);
    const pack = { orgId, kind: "purchased", amount: credits(1_000) } as const;
    await grantCredits(ctx, { ...pack, key: "stripe:payment_intent:pi_1" });
    await use(ctx, orgId, "voice", "second", 1_007n * CENT);
    expect((await balance(ctx, orgId)).shortfall).toEqual({ needed: 10, settled: 0 });
    const gift = { orgId, kind: "gifted", amount: credits(4), key: "gift" } as const;
    await grantCredits(ctx, gift);
    expect((await balance(ctx, orgId)).shortfall).toEqual({ needed: 6, settled: 0 });
  });
});

describe("less than one credit", () => {
  it("is said, beside a balance that rounds down to 0", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(1), key: "pack" });
    expect(await balance(ctx, orgId)).toMatchObject({ balance: 1, lessThanOne: false });
    await use(ctx, orgId, "sms", "half", CENT / 2n);
    expect(await balance(ctx, orgId)).toMatchObject({ balance: 0, lessThanOne: true, status: "moderate" });
    await use(ctx, orgId, "sms", "rest", CENT / 2n);
    expect(await balance(ctx, orgId)).toMatchObject({ balance: 0, lessThanOne: false, status: "exhausted" });
  });
});

describe("a trial", () => {
  /** A pound of AI a day, by the configured rate, for so many days up to yesterday. */
  async function givenTrial(days: number) {
    const ctx = testContext(new Date("2026-03-10T12:00:00Z"));
    const today = ctx.now().getTime();
    const orgId = await givenAccount(ctx, {
      state: "trial",
      allowance: credits(9_000),
      trialCap: 20_000_000n,
    });
    for (let day = 1; day <= days; day++) {
      ctx.travel(new Date(today - day * DAY_MS));
      await use(ctx, orgId, "voice", `day-${day}`, 1_000_000n);
    }
    ctx.travel(new Date(today));
    return { ctx, orgId };
  }

  it("is estimated by what is left of its cap, from three days with usage on", async () => {
    const thin = await givenTrial(2);
    expect((await balance(thin.ctx, thin.orgId)).estimateText).toBe("Not enough usage data for an estimate");
    const { ctx, orgId } = await givenTrial(7);
    const { rows } = await pool().query<{ spent: bigint }>(
      "SELECT trial_spent_micro_gbp AS spent FROM credit_account WHERE org_id = $1",
      [orgId],
    );
    const spent = rows[0]?.spent ?? 0n;
    const days = ((20_000_000n - spent) * 14n) / spent;
    expect(days).toBeGreaterThan(20n);
    expect((await balance(ctx, orgId)).estimateText).toBe(
      `Based on your usage, these credits should last approximately ${days} days.`,
    );
  });

  it("has no estimate once its cap is reached, and the cap is named beside balance and warning", async () => {
    const { ctx, orgId } = await givenTrial(7);
    const spend = (micro: bigint) =>
      pool().query("UPDATE credit_account SET trial_spent_micro_gbp = $2 WHERE org_id = $1", [orgId, micro]);
    await spend(15_000_000n);
    expect(await balance(ctx, orgId)).toMatchObject({
      status: "healthy",
      trialCap: { reached: false, text: "£15.00 of £20.00" },
    });
    expect((await getNotices(asMember(ctx, orgId), orgId)).warning).toEqual({
      threshold: 75,
      text: "Credits running low.",
      about: "trial-cap",
    });
    await spend(19_999_999n);
    expect((await balance(ctx, orgId)).trialCap).toEqual({ reached: false, text: "£19.99 of £20.00" });
    await spend(20_000_000n);
    expect(await balance(ctx, orgId)).toMatchObject({
      estimateText: null,
      trialCap: { reached: true, text: "£20.00 of £20.00" },
    });
    expect((await getSubscription(asMember(ctx, orgId), orgId)).trialCap).toEqual({
      capPence: 2_000,
      spentPence: 2_000,
      text: "£20.00 of £20.00",
    });
  });
});

describe("usage", () => {
  it("adds up: channels and days make the total that is shown", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance: credits(100) });
    await renewAllowance(ctx, orgId);
    for (const channel of ["voice", "whatsapp", "sms"] as const)
      await use(ctx, orgId, channel, "one", (14n * CENT) / 10n);
    const usage = await getUsage(asMember(ctx, orgId), orgId);
    expect(usage.channels.map((channel) => channel.credits)).toEqual([2, 1, 1, 0]);
    expect(usage.total).toBe(4);
    ctx.travel(new Date(ctx.now().getTime() + DAY_MS));
    await use(ctx, orgId, "sms", "two", (14n * CENT) / 10n);
    const trend = await getTrend(asMember(ctx, orgId), orgId);
    expect(trend.currentTotal).toBe(6);
    expect(trend.days.reduce((sum, day) => sum + day.credits, 0)).toBe(6);
  });

  it("each day of the trend has the same day of the last cycle beside it, and those add up too", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance: credits(100) });
    const nextCycle = async () => {
      await renewAllowance(ctx, orgId);
      const { renewsAt } = await readAccount(orgId);
      ctx.travel(new Date((renewsAt?.getTime() ?? 0) + DAY_MS / 2));
      await renewAllowance(ctx, orgId);
    };
    await nextCycle();
    await use(ctx, orgId, "voice", "first day", 3n * CENT);
    ctx.travel(new Date(ctx.now().getTime() + DAY_MS));
    await use(ctx, orgId, "voice", "second day", 5n * CENT);
    await nextCycle();
    await use(ctx, orgId, "voice", "next cycle", 2n * CENT);
    ctx.travel(new Date(ctx.now().getTime() + DAY_MS));
    const trend = await getTrend(asMember(ctx, orgId), orgId);
    expect(trend.days.map(({ credits, previous }) => [credits, previous])).toEqual([
      [2, 3],
      [0, 5],
    ]);
    expect([trend.currentTotal, trend.previousTotal, trend.changePercent]).toEqual([2, 8, -75]);
  });

  it("that cannot be read takes the estimate alone: the balance is still shown", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(70), key: "pack" });
    await pool().query("ALTER TABLE usage_daily RENAME TO usage_daily_away");
    try {
      expect(await balance(ctx, orgId)).toMatchObject({ balance: 70, estimateText: null });
    } finally {
      await pool().query("ALTER TABLE usage_daily_away RENAME TO usage_daily");
    }
    expect((await balance(ctx, orgId)).estimateText).toBe("Not enough usage data for an estimate");
  });
});

describe("a frozen organisation", () => {
  it("sees an exhausted one everywhere, with the way to support where it could buy, and its history", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance: credits(100) });
    await renewAllowance(ctx, orgId);
    await use(ctx, orgId, "voice", "call", 10n * CENT);
    await freezeAccount(asSupport(ctx), { orgId, frozen: true, key: "case", reason: "abuse" });
    const owner = asMember(ctx, orgId);
    expect(await getBalance(owner, orgId)).toMatchObject({
      balance: 0,
      lessThanOne: false,
      percent: 0,
      status: "exhausted",
      statusText: "No credits remaining",
      estimateText: null,
      shortfall: null,
      lots: [],
    });
    expect(await getNotices(owner, orgId)).toEqual({
      warning: null,
      degradation: { reason: "credit-exhaustion", text: "No credits remaining." },
    });
    expect(await getSubscription(owner, orgId)).toMatchObject({ buysThroughSupport: true });
    expect((await getUsage(owner, orgId)).total).toBe(10);
    for (const read of [getBalance, getNotices, getSubscription, getUsage, getTrend])
      expect(JSON.stringify(await read(owner, orgId))).not.toMatch(/\bhold\b|frozen|freez/i);
  });
});
