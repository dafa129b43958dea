import { afterAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import { reverseUsage } from "@/lib/credits/reverse-usage";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool } from "@/lib/db/pool";
import { microcredits, microUsd } from "@/lib/shared/money";
import { fullStart, givenAccount, testContext } from "../factories/ledger";

afterAll(closePool);

const settle = (ctx: Ctx, orgId: string, providerRef: string, cost: bigint) =>
  settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef,
    cost: microUsd(cost),
    counted: true,
    start: fullStart(ctx.now()),
  });
const grant = (
  ctx: Ctx,
  orgId: string,
  amount: bigint,
  key: string,
  kind: "gifted" | "purchased" = "purchased",
) => grantCredits(ctx, { orgId, kind, amount: microcredits(amount), key });
const balanceOf = async (orgId: string) => (await readBalance(orgId)).balance;
const lotsOf = async (orgId: string) =>
  (await readBalance(orgId)).lots.map(({ kind, remaining }) => ({ kind, remaining }));

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
    const takeBack = (takenBack: bigint) =>
      reverseGrant(ctx, { orgId, sourceKey: "pack", takenBack: microcredits(takenBack), reason: "refund" });
    expect(await takeBack(1_000n)).toEqual({ kind: "taken-back", amount: 1_000n });
    expect(await balanceOf(orgId)).toBe(-700n);
    expect(await takeBack(0n)).toEqual({ kind: "given-back", amount: 1_000n });
    expect(await lotsOf(orgId)).toEqual([{ kind: "purchased", remaining: 300n }]);
    await expect(takeBack(1_001n)).rejects.toMatchObject({ code: "invalid_input" });
  });
});
