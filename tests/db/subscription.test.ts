import { afterAll, describe, expect, it } from "vitest";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { checkCredits } from "@/lib/credits/check-credits";
import { getBalance } from "@/lib/credits/get-balance";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { sendWarning } from "@/lib/credits/send-warning";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool } from "@/lib/db/pool";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { credits, microUsd } from "@/lib/shared/money";
import { asMember, fullStart, givenAccount, testContext } from "../factories/ledger";

afterAll(closePool);

const CENT = 10_000n;
const bays = (count: number) => ({ allowance: credits(500 * count), bays: count });

type Ctx = ReturnType<typeof testContext>;

const use = (ctx: Ctx, orgId: string, ref: string, whole: bigint) =>
  settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef: ref,
    cost: microUsd(whole * CENT),
    counted: true,
    start: fullStart(ctx.now()),
  });

/** The open lots, as `kind credits until day`. */
async function lotsOf(orgId: string): Promise<string[]> {
  const { lots } = await readBalance(orgId);
  return lots.map(({ kind, remaining, expiresAt }) =>
    [kind, remaining / 1_000_000n, expiresAt?.toISOString().slice(0, 10) ?? "for ever"].join(" "),
  );
}

async function givenSubscriber(ctx: Ctx, count = 2): Promise<string> {
  const orgId = await givenAccount(ctx, { state: "trial", allowance: 0n });
  await changeSubscription(ctx, { orgId, state: "active", allowance: bays(count) });
  return orgId;
}

describe("a trial that is upgraded", () => {
  it("loses its cap, its lot and its overdraft, and gets its first allowance, in one transaction", async () => {
    const ctx = testContext(new Date("2026-06-30T23:30:00Z")); // 1 July in London
    const orgId = await givenAccount(ctx, {
      state: "trial",
      allowance: credits(1_000),
      trialCap: 5_000_000n,
    });
    await use(ctx, orgId, "call-1", 1_200n);
    expect(await readBalance(orgId)).toMatchObject({ overdraft: credits(200), state: "trial" });
    expect(await checkCredits(ctx, { orgId, channel: "voice", providerRef: "capped" })).toMatchObject({
      reason: "trial-cap",
    });
    expect(await changeSubscription(ctx, { orgId, state: "active", allowance: bays(2) })).toEqual({
      from: "trial",
      to: "active",
      granted: credits(1_000),
    });
    expect(await readBalance(orgId)).toMatchObject({
      state: "active",
      balance: credits(1_000),
      overdraft: 0n,
      trialCapMicroGbp: 0n,
      anchorAt: ctx.now(),
      renewsAt: new Date("2026-07-31T23:00:00Z"),
    });
    const { rows } = await pool().query(
      `SELECT kind, amount, xmin::text AS tx FROM ledger_entry WHERE org_id = $1 AND kind <> 'usage' ORDER BY seq OFFSET 1`,
      [orgId],
    );
    expect(rows.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["adjustment", credits(200)],
      ["grant", credits(1_000)],
    ]);
    expect(new Set(rows.map(({ tx }) => tx)).size).toBe(1);
    expect(await checkCredits(ctx, { orgId, channel: "voice", providerRef: "next" })).toMatchObject({
      kind: "allow",
    });
    expect(await findDrift(orgId)).toEqual([]);
  });

  it("keeps what it was given or bought, but not what was left of the trial's credits", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { state: "trial", allowance: credits(1_000) });
    await grantCredits(ctx, { orgId, kind: "gifted", amount: credits(30), key: "gift" });
    await changeSubscription(ctx, { orgId, state: "active", allowance: bays(1) });
    expect(await lotsOf(orgId)).toEqual(["monthly 500 2026-04-09", "gifted 30 2026-06-08"]);
  });

  it("is warned anew: what was said of the cap is armed for the balance", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { state: "trial", trialCap: 5_000_000n });
    await use(ctx, orgId, "call-1", 1_200n);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 100 });
    await changeSubscription(ctx, { orgId, state: "active", allowance: bays(1) });
    expect(await sendWarning(ctx, orgId)).toEqual({ kind: "nothing due" });
    ctx.travel(new Date(ctx.now().getTime() + 60_000));
    await use(ctx, orgId, "call-2", 500n);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 100 });
  });

  it("is upgraded also where it had been unpaid or cancelled in between", async () => {
    for (const between of ["past_due", "canceled"] as const) {
      const ctx = testContext();
      const orgId = await givenAccount(ctx, { state: "trial", allowance: credits(10), trialCap: 1n });
      await use(ctx, orgId, "call-1", 20n);
      await changeSubscription(ctx, { orgId, state: between });
      ctx.travel(new Date("2026-03-20T12:00:00Z"));
      await changeSubscription(ctx, { orgId, state: "active", allowance: bays(1) });
      expect(await readBalance(orgId)).toMatchObject({
        balance: credits(500),
        overdraft: 0n,
        trialCapMicroGbp: 0n,
        anchorAt: ctx.now(),
      });
    }
  });
});

describe("bays", () => {
  it("more of them bring their share of the time left, once for each new highest number", async () => {
    const ctx = testContext(new Date("2026-03-31T23:00:00Z")); // 1 April in London: 30 days
    const orgId = await givenSubscriber(ctx);
    ctx.travel(new Date("2026-04-15T23:00:00Z"));
    const change = async (count: number) =>
      (await changeSubscription(ctx, { orgId, allowance: bays(count) })).granted / 1_000_000n;
    expect(await change(4)).toBe(500n);
    expect(await change(4)).toBe(0n);
    expect(await change(1)).toBe(0n);
    expect(await change(4)).toBe(0n);
    expect(await change(5)).toBe(250n);
    expect(await lotsOf(orgId)).toEqual([1_000, 500, 250].map((amount) => `monthly ${amount} 2026-04-30`));
    expect(await readBalance(orgId)).toMatchObject({ periodGranted: credits(1_750) });
  });

  it("fewer of them, and a figure of the organisation's own, count from the next period", async () => {
    const ctx = testContext(new Date("2026-04-01T09:00:00Z"));
    const orgId = await givenSubscriber(ctx, 4);
    await changeSubscription(ctx, { orgId, allowance: bays(1) });
    expect(await lotsOf(orgId)).toEqual(["monthly 2000 2026-04-30"]);
    ctx.travel(new Date("2026-05-01T09:00:00Z"));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual(["monthly 500 2026-05-31"]);
    await changeSubscription(ctx, { orgId, allowance: { allowance: credits(9_000), bays: null } });
    expect(await lotsOf(orgId)).toEqual(["monthly 500 2026-05-31"]);
    ctx.travel(new Date("2026-06-01T09:00:00Z"));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual(["monthly 9000 2026-06-30"]);
  });

  it("the gauge is full at what the period was granted in all", async () => {
    const ctx = testContext(new Date("2026-03-31T23:00:00Z"));
    const orgId = await givenSubscriber(ctx);
    ctx.travel(new Date("2026-04-15T23:00:00Z"));
    await changeSubscription(ctx, { orgId, allowance: bays(4) });
    const seen = await getBalance(asMember(ctx, orgId), orgId);
    expect(seen).toMatchObject({ balance: 1_500, allowance: 1_500, percent: 100, status: "healthy" });
    await use(ctx, orgId, "call-1", 1_350n);
    expect(await sendWarning(ctx, orgId)).toMatchObject({ kind: "warned", threshold: 90 });
  });
});

describe("a subscription that is not paid", () => {
  it("gets nothing until it is, and then the running period's allowance alone", async () => {
    const ctx = testContext(new Date("2026-01-31T09:00:00Z"));
    const orgId = await givenSubscriber(ctx);
    await changeSubscription(ctx, { orgId, state: "past_due" });
    ctx.travel(new Date("2026-04-10T09:00:00Z"));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual([]);
    const paid = await changeSubscription(ctx, { orgId, state: "active" });
    expect(paid.granted).toBe(credits(1_000));
    expect(await lotsOf(orgId)).toEqual(["monthly 1000 2026-04-29"]);
    expect(await renewAllowance(ctx, orgId)).toEqual({ kind: "already-renewed", period: "2026-03-31" });
  });

  it("gets nothing twice where it is paid within the same period", async () => {
    const ctx = testContext();
    const orgId = await givenSubscriber(ctx);
    await changeSubscription(ctx, { orgId, state: "past_due" });
    const paid = await changeSubscription(ctx, { orgId, state: "active" });
    expect(paid.granted).toBe(0n);
    expect(await readBalance(orgId)).toMatchObject({ renewsAt: new Date("2026-04-09T23:00:00Z") });
  });
});

describe("a subscription that ends", () => {
  it("keeps its monthly lot to the end of the period, and its purchases for ever", async () => {
    const ctx = testContext();
    const orgId = await givenSubscriber(ctx);
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(70), key: "pack" });
    await changeSubscription(ctx, { orgId, state: "canceled" });
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual(["monthly 1000 2026-04-09", "purchased 70 for ever"]);
    ctx.travel(new Date("2026-04-10T09:00:00Z"));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual(["purchased 70 for ever"]);
    expect(await readBalance(orgId)).toMatchObject({ periodGranted: 0n, renewsAt: null });
  });

  it("begins anew when it is taken up again, under its own anchor; the old lot ends with its own period", async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenSubscriber(ctx);
    await changeSubscription(ctx, { orgId, state: "canceled" });
    ctx.travel(new Date("2026-03-20T09:00:00Z"));
    expect((await changeSubscription(ctx, { orgId, state: "active", allowance: bays(1) })).granted).toBe(
      credits(500),
    );
    expect(await lotsOf(orgId)).toEqual(["monthly 1000 2026-04-09", "monthly 500 2026-04-19"]);
    ctx.travel(new Date("2026-04-10T09:00:00Z"));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual(["monthly 500 2026-04-19"]);
  });

  it("gets no allowance from the scheduler on the day of its end; if it goes on, its payment brings it", async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenSubscriber(ctx);
    await changeSubscription(ctx, { orgId, endsAt: new Date("2026-04-10T09:00:00Z") });
    ctx.travel(new Date("2026-04-10T00:00:00Z"));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual([]);
    // Cancelled and taken up again on that day, as often as somebody likes: nothing of it is paid for yet.
    for (const endsAt of [null, new Date("2026-05-10T09:00:00Z"), null]) {
      await changeSubscription(ctx, { orgId, endsAt });
      await sweepCycles(ctx);
      expect(await lotsOf(orgId)).toEqual([]);
    }
    await changeSubscription(ctx, { orgId, paid: true });
    expect(await lotsOf(orgId)).toEqual(["monthly 1000 2026-05-09"]);
    expect(await renewAllowance(ctx, orgId)).toMatchObject({ kind: "already-renewed" });
    ctx.travel(new Date("2026-05-10T00:00:00Z"));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual(["monthly 1000 2026-06-09"]);
  });
});

it("an account whose row was changed by hand does not hold the sweep up, and is granted nothing twice", async () => {
  const ctx = testContext();
  const renewed = await givenSubscriber(ctx);
  const unpaid = await givenSubscriber(ctx);
  await pool().query("UPDATE credit_account SET renews_at = $2, period_ends_at = $2 WHERE org_id = $1", [
    renewed,
    new Date("2026-03-01T00:00:00Z"),
  ]);
  await pool().query("UPDATE credit_account SET state = 'past_due', renews_at = $2 WHERE org_id = $1", [
    unpaid,
    new Date("2026-03-01T00:00:00Z"),
  ]);
  expect(await sweepCycles(ctx)).toMatchObject({ failed: 0 });
  expect(await readBalance(renewed)).toMatchObject({
    balance: credits(1_000),
    renewsAt: new Date("2026-04-09T23:00:00Z"),
  });
  expect(await readBalance(unpaid)).toMatchObject({ balance: credits(1_000), renewsAt: null });
});
