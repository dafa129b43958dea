import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { adjustBalance } from "@/lib/credits/adjust-balance";
import { anchorOn, billingPeriod } from "@/lib/credits/core/billing-cycle";
import { expireLots } from "@/lib/credits/expire-lots";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import { reverseUsage } from "@/lib/credits/reverse-usage";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool } from "@/lib/db/pool";
import { microcredits, microUsd } from "@/lib/shared/money";
import { fullStart, givenAccount, testContext } from "../factories/ledger";
import { type Command, histories, REFS } from "../factories/ledger-commands";
import { LedgerModel, type ModelLot } from "../factories/ledger-model";
import { patience, REPEATABLE, runs } from "../support/effort";

afterAll(closePool);

const CREDITS_PER_MICRO_USD = 100n;
const ALLOWANCE = 5_000n;
const ANCHOR_DAY = 31;
const STARTS_AT = new Date("2026-01-15T09:00:00Z");
const ANCHOR_AT = anchorOn(ANCHOR_DAY, STARTS_AT);
it(
  "the ledger does what its model says, through any sequence of grants, settles, expiries, renewals, reversals, adjustments and clock jumps",
  async () => {
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(histories(5, 40), async (commands) => {
        const world = await newWorld();
        for (const step of commands) {
          await perform(world, step);
          await expectSame(world);
        }
        for (const [effect, times] of world.model.effects) seen[effect] = (seen[effect] ?? 0) + times;
      }),
      { numRuns: runs(20), ...REPEATABLE },
    );
    for (const effect of ["returned to several", "returned to whoever paid", "settled what others owed"])
      expect(seen[effect], effect).toBeGreaterThanOrEqual(3);
  },
  patience(240_000),
);

it(
  "once everything taken has been given back, in any order, each lot holds what it was granted less what expired of it",
  async () => {
    const isTaking = (step: Command) => step.do !== "adjust";
    await fc.assert(
      fc.asyncProperty(histories(5, 30), fc.boolean(), async (commands, usageFirst) => {
        const world = await newWorld();
        const { model } = world;
        for (const step of commands.filter(isTaking)) await perform(world, step);
        const giveUsageBack = async () => {
          for (let ref = 0; ref <= REFS; ref++) await perform(world, { do: "reverse usage", ref });
        };
        if (usageFirst) await giveUsageBack();
        for (const which of model.lots.keys()) await perform(world, { do: "reverse", which, share: 0 });
        if (!usageFirst) await giveUsageBack();
        await expectSame(world);
        expect(model.overdraft).toBe(0n);
        for (const lot of model.lots) expect(lot.remaining + lot.expired).toBe(lot.granted);
      }),
      { numRuns: runs(13), ...REPEATABLE },
    );
  },
  patience(240_000),
);

it(
  "concurrent writers lose nothing: what is left is what was granted, less what was used and expired",
  async () => {
    await fc.assert(
      fc.asyncProperty(histories(20, 60), async (commands) => {
        const { ctx, orgId } = await newWorld();
        await Promise.all(
          commands.map(async (step, index) => {
            if (step.do === "grant") {
              const key = `race:${index}`;
              await grantCredits(ctx, { orgId, kind: step.kind, amount: microcredits(step.amount), key });
            } else if (step.do === "settle") {
              const settle = () =>
                settleInteraction(ctx, {
                  orgId,
                  channel: "sms",
                  providerRef: `race:${index}`,
                  cost: microUsd(step.cost),
                  counted: true,
                  start: fullStart(ctx.now()),
                });
              await Promise.all(Array.from({ length: step.times }, settle));
            } else if (step.do === "expire") await expireLots(ctx, orgId);
            else if (step.do === "renew") await renewAllowance(ctx, orgId);
          }),
        );
        const granted = commands.reduce((sum, step) => sum + (step.do === "grant" ? step.amount : 0n), 0n);
        const used = commands.reduce(
          (sum, step) => sum + (step.do === "settle" ? step.cost * CREDITS_PER_MICRO_USD : 0n),
          0n,
        );
        const renewed = commands.some((step) => step.do === "renew") ? ALLOWANCE : 0n;
        expect(await findDrift(orgId)).toEqual([]);
        expect((await readBalance(orgId)).balance).toBe(granted + renewed - used);
      }),
      { numRuns: runs(13), ...REPEATABLE },
    );
  },
  patience(120_000),
);

/** How often each kind of step must take effect in all runs together: about a quarter of what is usual. */
const LEAST: Readonly<Record<Command["do"], number>> = {
  grant: 60,
  settle: 90,
  expire: 3,
  renew: 12,
  reverse: 60,
  "reverse usage": 30,
  adjust: 5,
  travel: 60,
};

it("all of this happened: every kind of step took effect often enough to mean something", () => {
  for (const [kind, least] of Object.entries(LEAST))
    expect(took.get(kind as Command["do"]) ?? 0, kind).toBeGreaterThanOrEqual(least);
});

async function newWorld() {
  const ctx = testContext(STARTS_AT);
  const orgId = await givenAccount(ctx, { allowance: ALLOWANCE, anchorDay: ANCHOR_DAY });
  return { ctx, orgId, model: new LedgerModel(), renewedThrough: new Date(0), grants: 0, adjustments: 0 };
}
type World = Awaited<ReturnType<typeof newWorld>>;

/** How often each kind of step took effect, over all runs. */
const took = new Map<Command["do"], number>();

async function perform(world: World, step: Command): Promise<void> {
  if (await act(world, step)) took.set(step.do, (took.get(step.do) ?? 0) + 1);
}

/** Does the step in both worlds and compares their answers; whether it took effect. */
async function act(world: World, step: Command): Promise<boolean> {
  const { ctx, orgId, model } = world;
  switch (step.do) {
    case "grant": {
      const key = `grant:${world.grants++}`;
      const expiresAt =
        step.kind === "purchased" ? null : new Date(ctx.now().getTime() + step.days * 86_400_000);
      const input = {
        orgId,
        kind: step.kind,
        amount: microcredits(step.amount),
        key,
        ...(expiresAt ? { expiresAt } : {}),
      };
      expect((await grantCredits(ctx, input)).kind).toBe("granted");
      model.grant({ source: key, kind: step.kind, granted: step.amount, expiresAt });
      if (step.repeat) expect((await grantCredits(ctx, input)).kind).toBe("replayed");
      return true;
    }
    case "settle": {
      const key = { orgId, channel: "sms", providerRef: `ref:${step.ref}` } as const;
      const isFirst = !model.settled.has(key.providerRef);
      if (step.stored) await startInteraction(ctx, { ...key, start: fullStart(ctx.now()) });
      for (let time = 0; time < step.times; time++) {
        const outcome = await settleInteraction(ctx, {
          ...key,
          cost: microUsd(step.cost),
          counted: true,
          start: fullStart(ctx.now()),
        });
        expect(outcome.kind).toBe(
          model.settle(key.providerRef, step.cost, step.cost * CREDITS_PER_MICRO_USD),
        );
      }
      return isFirst;
    }
    case "expire": {
      const expired = model.expire(ctx.now(), spareRenewals(world));
      expect(await expireLots(ctx, orgId)).toBe(expired);
      return expired > 0;
    }
    case "renew":
      return renew(world);
    case "reverse": {
      const lot = model.lots[step.which % Math.max(1, model.lots.length)];
      if (!lot) return false;
      const takenBack = (lot.granted * BigInt(step.share)) / 100n;
      const input = { orgId, sourceKey: lot.source, takenBack: microcredits(takenBack), reason: "refund" };
      const outcome = await reverseGrant(ctx, input);
      const before = lot.reversed;
      const amount = model.reverse(lot, takenBack, ctx.now(), spareRenewals(world));
      expect(outcome).toEqual(
        takenBack === before
          ? { kind: "unchanged" }
          : takenBack > before
            ? { kind: "taken-back", amount }
            : { kind: "given-back", amount: -amount },
      );
      return takenBack !== before;
    }
    case "reverse usage": {
      const providerRef = `ref:${step.ref}`;
      const outcome = await reverseUsage(ctx, { orgId, channel: "sms", providerRef, reason: "our fault" });
      const amount = model.reverseUsage(providerRef, ctx.now(), spareRenewals(world));
      if (amount === undefined) expect(outcome.kind).not.toBe("reversed");
      else expect(outcome).toEqual({ kind: "reversed", amount });
      return amount !== undefined;
    }
    case "adjust": {
      const open = step.share > 0 ? model.overdraft : model.balance + model.overdraft;
      const amount = (open * BigInt(step.share)) / 100n;
      if (amount === 0n) return false;
      await adjustBalance(ctx, { orgId, amount, key: `adjust:${world.adjustments++}`, reason: "by hand" });
      model.adjust(amount);
      return true;
    }
    case "travel":
      ctx.travel(new Date(ctx.now().getTime() + step.hours * 3_600_000));
      return step.hours !== 0;
  }
}

async function renew(world: World): Promise<boolean> {
  const { ctx, orgId, model } = world;
  const period = billingPeriod(ctx.now(), ANCHOR_AT);
  const { kind } = await renewAllowance(ctx, orgId);
  const isDue = world.renewedThrough <= period.startsAt;
  expect(kind).toBe(isDue ? "renewed" : "already-renewed");
  if (!isDue) return false;
  world.renewedThrough = period.endsAt;
  model.expire(period.startsAt, (lot: ModelLot) => lot.kind !== "monthly");
  model.grant({
    source: `allowance:${ANCHOR_AT.toISOString()}:${period.key}`,
    kind: "monthly",
    granted: ALLOWANCE,
    expiresAt: period.endsAt,
  });
  return true;
}

/** A monthly lot whose renewal is due is left to it. */
const spareRenewals = (world: World) => (lot: ModelLot) => lot.kind === "monthly" && renewalIsDue(world);

function renewalIsDue({ ctx, renewedThrough }: World): boolean {
  return renewedThrough <= ctx.now() && (renewedThrough.getTime() > 0 || ctx.now() >= firstPeriod.startsAt);
}
const firstPeriod = billingPeriod(STARTS_AT, ANCHOR_AT);

async function expectSame({ orgId, model }: World): Promise<void> {
  expect(await findDrift(orgId)).toEqual([]);
  const { rows } = await pool().query(
    `SELECT source_key AS source, remaining, reversed FROM credit_lot WHERE org_id = $1 ORDER BY id`,
    [orgId],
  );
  expect(rows).toEqual(
    model.lots.map(({ source, remaining, reversed }) => ({ source, remaining, reversed })),
  );
  expect((await readBalance(orgId)).balance).toBe(model.balance);
}
