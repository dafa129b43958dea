import type { QueryConfig } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { reconcileAccount } from "@/lib/credits/reconcile-account";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { lockAccount } from "@/lib/credits/store/account";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool, type Queryable } from "@/lib/db/pool";
import { inSnapshot, inTransaction } from "@/lib/db/transaction";
import { newId } from "@/lib/shared/ids";
import { metrics } from "@/lib/shared/metrics";
import { microcredits, microUsd } from "@/lib/shared/money";
import { fullStart, givenAccount, testContext } from "../factories/ledger";
import { counted } from "../support/counted";
import { waitingForLocks } from "../support/locks";

afterAll(closePool);

const ctx = testContext();
const settle = (orgId: string, providerRef: string, cost: bigint) =>
  settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef,
    cost: microUsd(cost),
    counted: true,
    start: fullStart(ctx.now()),
  });
const grant = (by: Ctx, orgId: string, amount: bigint, key: string) =>
  grantCredits(by, { orgId, kind: "purchased", amount: microcredits(amount), key });
const driftOne = (orgId: string, db: Queryable = pool()) =>
  db.query(`UPDATE credit_account SET balance = balance + 7, overdraft = overdraft WHERE org_id = $1`, [
    orgId,
  ]);

async function givenUsage(): Promise<string> {
  const orgId = await givenAccount(ctx);
  await grant(ctx, orgId, 1_000n, "pack");
  await settle(orgId, "call-1", 1n);
  return orgId;
}

it("drift is counted and rebuilt from the entries, and the balance no longer says that it is recalculated", async () => {
  const orgId = await givenUsage();
  await grant(ctx, orgId, 50n, "pack:2");
  await driftOne(orgId);
  await pool().query(`UPDATE credit_lot SET remaining = 49 WHERE org_id = $1 AND source_key = 'pack:2'`, [
    orgId,
  ]);
  await pool().query(`UPDATE usage_daily SET credits = 3 WHERE org_id = $1`, [orgId]);
  const before = await counted(metrics().ledgerDrift);
  expect(await reconcileAccount(ctx, orgId)).toEqual({
    kind: "rebuilt",
    drift: [
      { invariant: "balance = sum of entries", expected: "950", found: "957" },
      { invariant: "balance = open lots - overdraft", expected: "949", found: "957" },
      { invariant: "lots = their lines", expected: "0", found: "1" },
      { invariant: "daily rollup = usage", expected: "100", found: "3" },
    ],
  });
  expect((await counted(metrics().ledgerDrift)) - before).toBe(1);
  expect(await findDrift(orgId)).toEqual([]);
  expect(await readBalance(orgId)).toMatchObject({ balance: 950n, recalculatingSince: null });
  expect(await reconcileAccount(ctx, orgId)).toEqual({ kind: "in-step" });
  expect((await counted(metrics().ledgerDrift)) - before).toBe(1);
});

it("what a rebuild cannot mend stays marked as being recalculated", async () => {
  const orgId = await givenUsage();
  await pool().query(
    `INSERT INTO interaction (org_id, channel, provider_ref, mode, level, billable, is_fallback, fail_open, started_at,
                              settled_at, cost_micro_usd, credits)
     VALUES ($1, 'voice', 'never posted', 'full', 0, true, false, false, now(), now(), 9, 900)`,
    [orgId],
  );
  const drift = [
    { invariant: "settled interactions = usage", expected: "100", found: "1000" },
    { invariant: "each settled interaction = its usage", expected: "0", found: "1" },
  ];
  expect(await reconcileAccount(ctx, orgId)).toEqual({ kind: "unresolved", drift });
  expect((await readBalance(orgId)).recalculatingSince).toBeInstanceOf(Date);
});

it("a call that was charged twice is noticed, also where another was not charged and every sum is right", async () => {
  const orgId = await givenUsage();
  await pool().query(
    `INSERT INTO interaction (org_id, channel, provider_ref, mode, level, billable, started_at, settled_at, cost_micro_usd, credits)
     VALUES ($1, 'voice', 'not charged', 'full', 0, true, now(), now(), 1, 100)`,
    [orgId],
  );
  await pool().query("UPDATE usage_daily SET credits = credits + 100, interactions = 2 WHERE org_id = $1", [
    orgId,
  ]);
  await inTransaction((tx) =>
    tx.query(
      `SELECT ledger_debit('usage', ARRAY[$1::uuid], ARRAY['interaction:voice:call-1'], ARRAY[100], ARRAY[0], now())`,
      [orgId],
    ),
  );
  expect(await findDrift(orgId)).toEqual([
    { invariant: "each settled interaction = its usage", expected: "0", found: "2" },
  ]);
});

it("an organisation without an account is not found", async () => {
  await expect(reconcileAccount(ctx, newId())).rejects.toMatchObject({ code: "not_found" });
});

describe("looking for drift holds nobody up", () => {
  it("it needs no lock: an account that somebody has locked is looked at all the same", async () => {
    const orgId = await givenUsage();
    await inTransaction(async (tx) => {
      await lockAccount(tx, orgId);
      expect(await reconcileAccount(ctx, orgId)).toEqual({ kind: "in-step" });
    });
  });

  it("a call settles while it looks, and it sees the account as it stood at the start", async () => {
    const orgId = await givenUsage();
    await inSnapshot(async (snapshot) => {
      expect(await findDrift(orgId, snapshot)).toEqual([]);
      expect(await settle(orgId, "call-2", 2n)).toEqual({ kind: "settled", microcredits: 200n });
      await driftOne(orgId);
      expect(await findDrift(orgId, snapshot)).toEqual([]);
    });
    expect(await findDrift(orgId)).not.toEqual([]);
  });

  it("drift that was mended by the time the account is locked is none: nothing is marked, counted or rebuilt", async () => {
    const orgId = await givenUsage();
    await driftOne(orgId);
    const before = await counted(metrics().ledgerDrift);
    let looked: ReturnType<typeof reconcileAccount> | undefined;
    await inTransaction(async (tx) => {
      await lockAccount(tx, orgId);
      await tx.query(`UPDATE credit_account SET balance = balance - 7 WHERE org_id = $1`, [orgId]);
      looked = reconcileAccount(ctx, orgId);
      await expect.poll(waitingForLocks).toBe(1);
    });
    expect(await looked).toEqual({ kind: "in-step" });
    expect((await counted(metrics().ledgerDrift)) - before).toBe(0);
  });

  it("each entry is read once, however many lots there are", async () => {
    const orgId = await givenAccount(ctx);
    for (let lot = 0; lot < 20; lot++) await grant(ctx, orgId, 100n, `pack:${lot}`);
    await Promise.all(Array.from({ length: 20 }, (_, call) => settle(orgId, `call-${call}`, 1n)));
    expect(await rowsTouched(orgId)).toBeLessThanOrEqual(40);
  });
});

type Plan = {
  readonly "Actual Loops": number;
  readonly "Actual Rows": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
};

/** The most rows that any step of looking for drift goes through, all its repetitions together. */
async function rowsTouched(orgId: string): Promise<number> {
  let asked: QueryConfig | undefined;
  const listening = {
    query: (config: QueryConfig) => {
      asked = config;
      return pool().query(config);
    },
  } as unknown as Queryable;
  await findDrift(orgId, listening);
  const { rows } = await pool().query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${asked?.text}`,
    asked?.values,
  );
  const most = (plan: Plan): number =>
    Math.max(
      plan["Actual Loops"] * (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)),
      ...(plan.Plans ?? []).map(most),
    );
  return most(rows[0]?.["QUERY PLAN"][0].Plan ?? { "Actual Loops": 0, "Actual Rows": 0 });
}
