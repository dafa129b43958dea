import { afterAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { adjustBalance } from "@/lib/credits/adjust-balance";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import { reverseUsage } from "@/lib/credits/reverse-usage";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool } from "@/lib/db/pool";
import { microcredits } from "@/lib/shared/money";
import { givenAccount, grant, settle, testContext } from "../factories/ledger";

afterAll(closePool);

const balanceOf = async (orgId: string) => (await readBalance(orgId)).balance;
const lotsOf = async (orgId: string) =>
  (await readBalance(orgId)).lots.map(({ kind, remaining }) => ({ kind, remaining }));

/** A pack of 1,000 of which 400 are used, and an allowance of 500 that came afterwards. */
async function givenSpentPack() {
  const ctx = testContext();
  const orgId = await givenAccount(ctx, { allowance: 500n });
  await grant(ctx, orgId, 1_000n, "pack");
  await settle(ctx, orgId, "call", 4n);
  await renewAllowance(ctx, orgId);
  return { ctx, orgId };
}
const takeBack = (ctx: Ctx, orgId: string, takenBack: bigint) =>
  reverseGrant(ctx, { orgId, sourceKey: "pack", takenBack: microcredits(takenBack), reason: "refund" });

describe("reversal", () => {
  it("gives usage back along its recorded draws: each lot its own credits, so no allowance turns into credits without expiry", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance: 100n });
    await renewAllowance(ctx, orgId);
    await grant(ctx, orgId, 100n, "pack");
    await settle(ctx, orgId, "call", 2n);
    expect(await lotsOf(orgId)).toEqual([]);
    await reverseUsage(ctx, { orgId, channel: "voice", providerRef: "call", reason: "our fault" });
    expect(await lotsOf(orgId)).toEqual([
      { kind: "monthly", remaining: 100n },
      { kind: "purchased", remaining: 100n },
    ]);
    expect(await findDrift(orgId)).toEqual([]);
  });

  it("gives overdraft that a later grant settled back to that grant", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await settle(ctx, orgId, "call", 3n);
    await grant(ctx, orgId, 1_000n, "pack");
    await reverseUsage(ctx, { orgId, channel: "voice", providerRef: "call", reason: "our fault" });
    expect(await lotsOf(orgId)).toEqual([{ kind: "purchased", remaining: 1_000n }]);
    expect(await findDrift(orgId)).toEqual([]);
  });

  it("takes a refund from its own lot first, what is spent becomes overdraft, and a dispute won gives it back", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await grant(ctx, orgId, 1_000n, "pack");
    await settle(ctx, orgId, "call", 7n);
    expect(await takeBack(ctx, orgId, 1_000n)).toEqual({ kind: "taken-back", amount: 1_000n });
    expect(await balanceOf(orgId)).toBe(-700n);
    expect(await takeBack(ctx, orgId, 0n)).toEqual({ kind: "given-back", amount: 1_000n });
    expect(await lotsOf(orgId)).toEqual([{ kind: "purchased", remaining: 300n }]);
    await expect(takeBack(ctx, orgId, 1_001n)).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("a refund that fails gives each lot its own credits back: no allowance turns into credits without expiry", async () => {
    const { ctx, orgId } = await givenSpentPack();
    await takeBack(ctx, orgId, 1_000n);
    expect(await lotsOf(orgId)).toEqual([{ kind: "monthly", remaining: 100n }]);
    expect(await takeBack(ctx, orgId, 0n)).toEqual({ kind: "given-back", amount: 1_000n });
    expect(await lotsOf(orgId)).toEqual([
      { kind: "monthly", remaining: 500n },
      { kind: "purchased", remaining: 600n },
    ]);
    expect(await findDrift(orgId)).toEqual([]);
  });

  it("of two refunds the later one's credits come back first", async () => {
    const { ctx, orgId } = await givenSpentPack();
    await takeBack(ctx, orgId, 500n);
    await takeBack(ctx, orgId, 1_000n);
    await takeBack(ctx, orgId, 500n);
    expect(await lotsOf(orgId)).toEqual([
      { kind: "monthly", remaining: 500n },
      { kind: "purchased", remaining: 100n },
    ]);
  });

  it("what has expired meanwhile stays expired, and nothing of it can be spent", async () => {
    const { ctx, orgId } = await givenSpentPack();
    await takeBack(ctx, orgId, 1_000n);
    ctx.travel(new Date("2026-04-01T12:00:00Z"));
    await renewAllowance(ctx, orgId);
    expect(await takeBack(ctx, orgId, 0n)).toEqual({ kind: "given-back", amount: 1_000n });
    expect(await lotsOf(orgId)).toEqual([
      { kind: "monthly", remaining: 500n },
      { kind: "purchased", remaining: 600n },
    ]);
    expect(await balanceOf(orgId)).toBe(1_100n);
    expect(await findDrift(orgId)).toEqual([]);
  });

  it("overdraft that a refund left and a later allowance settled comes back to that allowance", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance: 500n });
    await grant(ctx, orgId, 1_000n, "pack");
    await settle(ctx, orgId, "call", 7n);
    await takeBack(ctx, orgId, 1_000n);
    expect(await balanceOf(orgId)).toBe(-700n);
    await renewAllowance(ctx, orgId);
    await grant(ctx, orgId, 300n, "gift", "gifted");
    expect(await lotsOf(orgId)).toEqual([{ kind: "gifted", remaining: 100n }]);
    await takeBack(ctx, orgId, 0n);
    expect(await lotsOf(orgId)).toEqual([
      { kind: "monthly", remaining: 500n },
      { kind: "gifted", remaining: 300n },
      { kind: "purchased", remaining: 300n },
    ]);
    expect(await findDrift(orgId)).toEqual([]);
  });

  it("overdraft that support wrote off comes back to nobody", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await settle(ctx, orgId, "call", 3n);
    await adjustBalance(ctx, { orgId, amount: 200n, key: "upgrade", reason: "upgraded" });
    const reversed = await reverseUsage(ctx, {
      orgId,
      channel: "voice",
      providerRef: "call",
      reason: "our fault",
    });
    expect(reversed).toEqual({ kind: "reversed", amount: 100n });
    expect(await balanceOf(orgId)).toBe(0n);
  });
});
