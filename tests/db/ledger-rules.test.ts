import { afterAll, describe, expect, it } from "vitest";
import { adjustBalance } from "@/lib/credits/adjust-balance";
import { expireLots } from "@/lib/credits/expire-lots";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import { readBalance } from "@/lib/credits/store/balance";
import { readFacts } from "@/lib/credits/store/facts";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool } from "@/lib/db/pool";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { microcredits, microUsd } from "@/lib/shared/money";
import { freezeAccount } from "@/lib/support/freeze-account";
import {
  asSupport,
  degradedStart,
  fullStart,
  givenAccount,
  grant,
  settle,
  testContext,
} from "../factories/ledger";

afterAll(closePool);

const DAY_MS = 86_400_000;
const balanceOf = async (orgId: string) => (await readBalance(orgId)).balance;
const lotsOf = async (orgId: string) =>
  (await readBalance(orgId)).lots.map(({ kind, remaining }) => ({ kind, remaining }));
const usageOf = async (orgId: string) =>
  (
    await pool().query(
      `SELECT day, channel, interactions, degraded, credits FROM usage_daily WHERE org_id = $1 ORDER BY day, channel`,
      [orgId],
    )
  ).rows;

describe("in-flight grace", () => {
  it("deducts an interaction in full when it ends, even below zero; the next grant settles the overdraft first", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await grant(ctx, orgId, 100n, "pack:1");
    await settle(ctx, orgId, "call-1", 5n);
    expect(await balanceOf(orgId)).toBe(-400n);
    await grant(ctx, orgId, 1_000n, "pack:2");
    expect(await balanceOf(orgId)).toBe(600n);
    const { rows } = await pool().query(
      `SELECT amount, lot_id IS NULL AS overdraft FROM ledger_entry WHERE org_id = $1 AND cause = 'pack:2' ORDER BY seq`,
      [orgId],
    );
    expect(rows).toEqual([
      { amount: 400n, overdraft: true },
      { amount: 600n, overdraft: false },
    ]);
  });

  it("cannot be switched off by any row or setting: no state of an account stops a started interaction from settling", async () => {
    for (const state of ["trial", "active", "grandfathered", "past_due", "canceled"] as const) {
      const ctx = testContext();
      const orgId = await givenAccount(ctx, { state, trialCap: 1n });
      await freezeAccount(asSupport(ctx), { orgId, frozen: true, key: "case", reason: "abuse" });
      await startInteraction(ctx, {
        orgId,
        channel: "voice",
        providerRef: "call",
        start: fullStart(ctx.now()),
      });
      expect(await settle(ctx, orgId, "call", 7n)).toEqual({ kind: "settled", microcredits: 700n });
      expect(await balanceOf(orgId)).toBe(-700n);
    }
  });
});

describe("what never consumes credits", () => {
  it.each([
    ["a degraded interaction", degradedStart(new Date())],
    ["a demo or test interaction", { ...fullStart(new Date()), billable: false }],
    ["a static-fallback call", { ...fullStart(new Date()), billable: false, isFallback: true }],
  ])("%s settles at 0, its provider cost recorded as ours", async (_, start) => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await startInteraction(ctx, { orgId, channel: "voice", providerRef: "call", start });
    expect(await settle(ctx, orgId, "call", 9n)).toEqual({ kind: "settled", microcredits: 0n });
    expect(await balanceOf(orgId)).toBe(0n);
    const { rows } = await pool().query(`SELECT cost_micro_usd FROM interaction WHERE org_id = $1`, [orgId]);
    expect(rows).toEqual([{ cost_micro_usd: 9n }]);
  });

  it.each([
    ["whose check failed open", { stored: true, failOpen: true }],
    ["whose start was never stored", { stored: false, failOpen: true }],
    ["of what became a demo after it started", { stored: true, failOpen: false }],
  ])(
    "an interaction %s settles at 0 for a demo organisation, uncounted, its mode as it was answered",
    async (_, given) => {
      const ctx = testContext();
      const demo = await givenAccount(ctx, { state: "demo" });
      const paying = await givenAccount(ctx);
      const start = { ...fullStart(ctx.now()), failOpen: given.failOpen };
      for (const channel of ["voice", "whatsapp", "sms", "diagnostics"] as const) {
        const settleFor = async (orgId: string) => {
          const key = { orgId, channel, providerRef: "ref" };
          if (given.stored) await startInteraction(ctx, { ...key, start });
          return settleInteraction(ctx, { ...key, cost: microUsd(9n), counted: true, start });
        };
        expect(await Promise.all([settleFor(demo), settleFor(paying)])).toEqual([
          { kind: "settled", microcredits: 0n },
          { kind: "settled", microcredits: 900n },
        ]);
      }
      expect(await balanceOf(demo)).toBe(0n);
      expect(
        new Set((await usageOf(demo)).map(({ interactions, credits }) => `${interactions} ${credits}`)),
      ).toEqual(new Set(["0 0"]));
      const { rows } = await pool().query(
        `SELECT DISTINCT mode, cost_micro_usd, credits FROM interaction WHERE org_id = $1`,
        [demo],
      );
      expect(rows).toEqual([{ mode: "full", cost_micro_usd: 9n, credits: 0n }]);
      expect(await findDrift(demo)).toEqual([]);
    },
  );

  it("counts degraded interactions apart, and a call that never connected not at all", async () => {
    const ctx = testContext(new Date("2026-06-30T23:30:00Z"));
    const orgId = await givenAccount(ctx);
    await settle(ctx, orgId, "a", 2n);
    await settle(ctx, orgId, "b", 2n, degradedStart(ctx.now()));
    const missed = { orgId, channel: "voice", providerRef: "c", cost: microUsd(0n), counted: false } as const;
    await settleInteraction(ctx, { ...missed, start: fullStart(ctx.now()) });
    // Half past midnight in London: the day of the posting is July's first.
    expect(await usageOf(orgId)).toEqual([
      { day: "2026-07-01", channel: "voice", interactions: 1, degraded: 1, credits: 200n },
    ]);
  });
});

describe("lots", () => {
  it("are drawn monthly, then gifted, then purchased; inside a kind by earliest expiry, then oldest", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { allowance: 100n });
    await grant(ctx, orgId, 100n, "pack:old");
    await grantCredits(ctx, {
      orgId,
      kind: "gifted",
      amount: microcredits(100n),
      key: "gift:late",
      expiresAt: new Date(ctx.now().getTime() + 9 * DAY_MS),
    });
    await grantCredits(ctx, {
      orgId,
      kind: "gifted",
      amount: microcredits(100n),
      key: "gift:early",
      expiresAt: new Date(ctx.now().getTime() + DAY_MS),
    });
    await grant(ctx, orgId, 100n, "pack:new");
    await renewAllowance(ctx, orgId);
    await settle(ctx, orgId, "call", 5n);
    const { rows } = await pool().query(
      `SELECT l.source_key AS source FROM ledger_entry e JOIN credit_lot l ON l.org_id = e.org_id AND l.id = e.lot_id
       WHERE e.org_id = $1 AND e.kind = 'usage' ORDER BY e.seq`,
      [orgId],
    );
    expect(rows.map((row) => row.source)).toEqual([
      "allowance:2026-03-01T00:00:00.000Z:2026-03-01",
      "gift:early",
      "gift:late",
      "pack:old",
      "pack:new",
    ]);
  });

  it("gifted credits expire after 90 days by default, purchased ones never, and a renewal leaves both alone", async () => {
    const ctx = testContext(new Date("2024-03-10T12:00:00Z"));
    const orgId = await givenAccount(ctx, { allowance: 50n });
    await grant(ctx, orgId, 10n, "gift", "gifted");
    await grant(ctx, orgId, 20n, "pack");
    ctx.travel(new Date(ctx.now().getTime() + 89 * DAY_MS));
    await renewAllowance(ctx, orgId);
    await expireLots(ctx, orgId);
    expect(await lotsOf(orgId)).toEqual([
      { kind: "monthly", remaining: 50n },
      { kind: "gifted", remaining: 10n },
      { kind: "purchased", remaining: 20n },
    ]);
    ctx.travel(new Date(ctx.now().getTime() + 400 * DAY_MS));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual([
      { kind: "monthly", remaining: 50n },
      { kind: "purchased", remaining: 20n },
    ]);
  });
});

describe("renewal", () => {
  it("expires the old monthly lot and grants the new one in one transaction: the balance never passes through zero", async () => {
    const ctx = testContext(new Date("2026-03-10T12:00:00Z"));
    const orgId = await givenAccount(ctx, { allowance: 1_000n, anchorDay: 31 });
    await renewAllowance(ctx, orgId);
    await settle(ctx, orgId, "call", 4n);
    ctx.travel(new Date("2026-03-31T00:00:00Z")); // 1 a.m. in London: summer time has begun
    await sweepCycles(ctx);
    const { rows } = await pool().query(
      `SELECT kind, amount, xmin::text AS tx FROM ledger_entry WHERE org_id = $1 ORDER BY seq DESC LIMIT 2`,
      [orgId],
    );
    expect(rows.map(({ kind, amount }) => ({ kind, amount }))).toEqual([
      { kind: "grant", amount: 1_000n },
      { kind: "expiry", amount: -600n },
    ]);
    expect(rows[0].tx).toBe(rows[1].tx);
  });

  it("past_due gets no new allowance, canceled keeps its purchased and gifted credits", async () => {
    for (const state of ["past_due", "canceled"] as const) {
      const ctx = testContext();
      const orgId = await givenAccount(ctx, { state, allowance: 1_000n });
      await grant(ctx, orgId, 30n, "pack");
      expect((await renewAllowance(ctx, orgId)).kind).toBe("not-renewing");
      expect(await balanceOf(orgId)).toBe(30n);
    }
  });

  it("a trial gets one allowance at the start, which no sweep renews or expires", async () => {
    const ctx = testContext(new Date("2024-03-10T12:00:00Z"));
    const orgId = await givenAccount(ctx, { state: "trial", allowance: 500n, trialCap: 5_000_000n });
    ctx.travel(new Date(ctx.now().getTime() + 300 * DAY_MS));
    await sweepCycles(ctx);
    expect(await lotsOf(orgId)).toEqual([{ kind: "monthly", remaining: 500n }]);
  });

  it("a trial's spend is counted in micro-pounds of the provider's cost", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx, { state: "trial", trialCap: 5_000_000n });
    await settle(ctx, orgId, "call", 1_000_000n);
    expect((await readFacts(orgId))?.trialSpentMicroGbp).toBe(790_000n);
    await settle(ctx, orgId, "degraded", 1_000_000n, { ...degradedStart(ctx.now()), reason: "trial-cap" });
    expect((await readFacts(orgId))?.trialSpentMicroGbp).toBe(790_000n);
  });
});

describe("idempotency keys", () => {
  it("a second grant under the same key returns the first result; another body is a conflict, loudly", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    const first = await grant(ctx, orgId, 100n, "pack");
    expect(await grant(ctx, orgId, 100n, "pack")).toEqual({ ...first, kind: "replayed" });
    await expect(grant(ctx, orgId, 101n, "pack")).rejects.toMatchObject({ code: "conflict" });
    await expect(grant(ctx, orgId, 100n, "pack", "gifted")).rejects.toMatchObject({ code: "conflict" });
    await settle(ctx, orgId, "overdraw", 2n);
    await adjustBalance(ctx, { orgId, amount: 60n, key: "fix", reason: "goodwill" });
    await expect(
      adjustBalance(ctx, { orgId, amount: 40n, key: "fix", reason: "goodwill" }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await findDrift(orgId)).toEqual([]);
  });

  it("an interaction's mode is fixed when it starts: a repeat gets the first answer, and no update changes it", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    const key = { orgId, channel: "voice", providerRef: "call" } as const;
    const first = await startInteraction(ctx, { ...key, start: degradedStart(ctx.now()) });
    const again = await startInteraction(ctx, { ...key, start: fullStart(new Date(0)) });
    expect(again).toEqual({ ...first, kind: "repeated" });
    await expect(
      pool().query(`UPDATE interaction SET mode = 'full', reason = NULL WHERE org_id = $1`, [orgId]),
    ).rejects.toMatchObject({ constraint: "interaction_mode_fixed" });
  });

  it("an interaction that is settled is never changed again", async () => {
    const ctx = testContext();
    const orgId = await givenAccount(ctx);
    await settle(ctx, orgId, "call", 1n);
    await expect(
      pool().query("UPDATE interaction SET cost_micro_usd = 1 WHERE org_id = $1", [orgId]),
    ).rejects.toMatchObject({ constraint: "interaction_settles_once" });
  });
});
