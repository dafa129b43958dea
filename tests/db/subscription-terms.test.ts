import { afterAll, describe, expect, it } from "vitest";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { readBalance } from "@/lib/credits/store/balance";
import { closePool } from "@/lib/db/pool";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { credits } from "@/lib/shared/money";
import { givenAccount, testContext } from "../factories/ledger";

afterAll(closePool);

const bays = (count: number) => ({ allowance: credits(500 * count), bays: count });

/** The open lots, as `kind credits until day`. */
async function lotsOf(orgId: string): Promise<string[]> {
  const { lots } = await readBalance(orgId);
  return lots.map(({ kind, remaining, expiresAt }) =>
    [kind, remaining / 1_000_000n, expiresAt?.toISOString().slice(0, 10) ?? "for ever"].join(" "),
  );
}

async function givenSubscriber(ctx: ReturnType<typeof testContext>): Promise<string> {
  const orgId = await givenAccount(ctx, { state: "trial", allowance: 0n });
  await changeSubscription(ctx, { orgId, state: "active", allowance: bays(2) });
  return orgId;
}

describe("a figure that support has set for an organisation", () => {
  const own = { allowance: credits(9_000), bays: null };
  const allowanceOf = async (orgId: string) => (await readBalance(orgId)).allowance;

  it("stays whatever is billed, also where it was set in the trial, until it is set again", async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenAccount(ctx, { state: "trial", allowance: credits(1_000) });
    await changeSubscription(ctx, { orgId, allowance: own });
    await changeSubscription(ctx, { orgId, state: "active", billed: bays(4) });
    expect(await lotsOf(orgId)).toEqual(["monthly 9000 2026-04-09"]);
    await changeSubscription(ctx, { orgId, billed: bays(6) });
    await changeSubscription(ctx, { orgId, state: "past_due" });
    await changeSubscription(ctx, { orgId, state: "active", billed: bays(6) });
    expect(await allowanceOf(orgId)).toBe(credits(9_000));
    expect(await lotsOf(orgId)).toEqual(["monthly 9000 2026-04-09"]);
    await changeSubscription(ctx, { orgId, allowance: bays(2) });
    await changeSubscription(ctx, { orgId, billed: bays(6) });
    expect(await allowanceOf(orgId)).toBe(credits(3_000));
  });

  it("is no trial's: what is billed takes the place of that", async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenAccount(ctx, { state: "trial", allowance: credits(1_000) });
    await changeSubscription(ctx, { orgId, state: "canceled" });
    await changeSubscription(ctx, { orgId, state: "active", billed: bays(4) });
    expect(await lotsOf(orgId)).toEqual(["monthly 2000 2026-04-09"]);
  });
});

describe("a change that is known after the boundary, before the scheduler came", () => {
  const boundary = async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenSubscriber(ctx);
    ctx.travel(new Date("2026-04-10T12:00:00Z"));
    return { ctx, orgId };
  };

  it("finds the boundary's allowance under the terms of that time", async () => {
    const { ctx, orgId } = await boundary();
    await changeSubscription(ctx, { orgId, billed: bays(4), changedAt: new Date("2026-04-10T11:00:00Z") });
    expect((await lotsOf(orgId))[0]).toBe("monthly 1000 2026-05-09");
    expect(await lotsOf(orgId)).toHaveLength(2);
    const unpaid = await boundary();
    await changeSubscription(unpaid.ctx, { orgId: unpaid.orgId, state: "past_due" });
    expect(await lotsOf(unpaid.orgId)).toEqual(["monthly 1000 2026-05-09"]);
  });

  it("counts for the boundary where it had happened before it", async () => {
    const changedAt = new Date("2026-04-09T12:00:00Z");
    const { ctx, orgId } = await boundary();
    await changeSubscription(ctx, { orgId, billed: bays(4), changedAt });
    expect(await lotsOf(orgId)).toEqual(["monthly 2000 2026-05-09"]);
    const ended = await boundary();
    await changeSubscription(ended.ctx, { orgId: ended.orgId, state: "canceled", changedAt });
    await sweepCycles(ended.ctx);
    expect(await lotsOf(ended.orgId)).toEqual([]);
  });
});

describe("a period on whose first day the subscription ends", () => {
  const endsAt = new Date("2026-04-10T15:00:00Z");

  it("is not granted for a year that is paid, until the subscription goes on", async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenSubscriber(ctx);
    await changeSubscription(ctx, { orgId, endsAt, paid: true });
    ctx.travel(new Date("2026-04-10T12:00:00Z"));
    await sweepCycles(ctx);
    await changeSubscription(ctx, { orgId, endsAt, paid: true });
    expect(await lotsOf(orgId)).toEqual([]);
    await changeSubscription(ctx, { orgId, endsAt: null, paid: true });
    expect(await lotsOf(orgId)).toEqual(["monthly 1000 2026-05-09"]);
  });

  it("is not granted either where the end is known before the scheduler came", async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenSubscriber(ctx);
    ctx.travel(new Date("2026-04-10T16:00:00Z"));
    await changeSubscription(ctx, { orgId, state: "canceled", endsAt, changedAt: endsAt });
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual([]);
  });
});

describe("a subscription that counts again, after another one of the garage did", () => {
  it("goes on where it was: its running period brings nothing a second time", async () => {
    const ctx = testContext(new Date("2026-03-10T09:00:00Z"));
    const orgId = await givenAccount(ctx, { state: "trial", allowance: 0n });
    const first = { anchorAt: ctx.now(), state: "active" } as const;
    const second = { anchorAt: new Date("2026-03-12T09:00:00Z"), state: "active" } as const;
    await changeSubscription(ctx, { orgId, ...first, billed: bays(4) });
    ctx.travel(new Date("2026-03-12T10:00:00Z"));
    await changeSubscription(ctx, { orgId, ...second, billed: bays(2) });
    for (const count of [3, 4, 3, 4]) await changeSubscription(ctx, { orgId, ...first, billed: bays(count) });
    expect(await lotsOf(orgId)).toEqual(["monthly 2000 2026-04-09", "monthly 1000 2026-04-11"]);
    await changeSubscription(ctx, { orgId, ...first, billed: bays(6), changedAt: new Date("2026-03-09") });
    const { allowance, periodGranted } = await readBalance(orgId);
    expect({ allowance, periodGranted }).toEqual({
      allowance: credits(3_000),
      periodGranted: credits(3_000),
    });
  });
});
