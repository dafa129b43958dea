import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { adjustBalance } from "@/lib/credits/adjust-balance";
import { billingPeriod } from "@/lib/credits/core/billing-cycle";
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
import { anchorOn } from "@/prisma/seed/anchor";
import { fullStart, givenAccount, testContext } from "../factories/ledger";
import { LedgerModel, type ModelLot } from "../factories/ledger-model";
import { longest, patience, runs } from "../support/effort";

afterAll(closePool);

const CREDITS_PER_MICRO_USD = 100n;
const ALLOWANCE = 5_000n;
const ANCHOR_DAY = 31;
const STARTS_AT = new Date("2026-01-15T09:00:00Z");
const ANCHOR_AT = anchorOn(ANCHOR_DAY, STARTS_AT);
/** Interactions are named 0 to this. */
const REFS = 15;

type Command =
  | { do: "grant"; kind: "gifted" | "purchased"; amount: bigint; days: number; repeat: boolean }
  | { do: "settle"; ref: number; cost: bigint; stored: boolean; times: number }
  | { do: "expire" }
  | { do: "renew" }
  | { do: "reverse"; which: number; share: number }
  | { do: "reverse usage"; ref: number }
  | { do: "adjust"; share: number }
  | { do: "travel"; hours: number };

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const command: fc.Arbitrary<Command> = fc.oneof(
  often(
    3,
    fc.record({
      do: fc.constant("grant" as const),
      kind: fc.constantFrom("gifted" as const, "purchased" as const),
      amount: fc.bigInt(1n, 6_000n),
      days: fc.integer({ min: 1, max: 40 }),
      repeat: fc.boolean(),
    }),
  ),
  often(
    5,
    fc.record({
      do: fc.constant("settle" as const),
      ref: fc.integer({ min: 0, max: REFS }),
      cost: fc.bigInt(0n, 80n),
      stored: fc.boolean(),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  ),
  fc.record({ do: fc.constant("expire" as const) }),
  fc.record({ do: fc.constant("renew" as const) }),
  often(
    5,
    fc.record({
      do: fc.constant("reverse" as const),
      which: fc.nat(20),
      share: fc.oneof(fc.constantFrom(0, 0, 100), fc.integer({ min: 0, max: 100 })),
    }),
  ),
  often(2, fc.record({ do: fc.constant("reverse usage" as const), ref: fc.integer({ min: 0, max: REFS }) })),
  fc.record({ do: fc.constant("adjust" as const), share: fc.integer({ min: -100, max: 100 }) }),
  often(2, fc.record({ do: fc.constant("travel" as const), hours: fc.integer({ min: -30, max: 400 }) })),
);

/** Histories as long as they may be: left alone, the generator would rarely make ten steps. */
const histories = (minLength: number, usualLength: number) =>
  fc.array(command, { minLength, maxLength: longest(usualLength), size: "max" });

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
      { numRuns: runs(60) },
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
      { numRuns: runs(40) },
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
      { numRuns: runs(40) },
    );
  },
  patience(120_000),
);

async function newWorld() {
  const ctx = testContext(STARTS_AT);
  const orgId = await givenAccount(ctx, { allowance: ALLOWANCE, anchorDay: ANCHOR_DAY });
  return { ctx, orgId, model: new LedgerModel(), renewedThrough: new Date(0), grants: 0, adjustments: 0 };
}
type World = Awaited<ReturnType<typeof newWorld>>;

async function perform(world: World, step: Command): Promise<void> {
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
      return;
    }
    case "settle": {
      const key = { orgId, channel: "sms", providerRef: `ref:${step.ref}` } as const;
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
      return;
    }
    case "expire":
      expect(await expireLots(ctx, orgId)).toBe(model.expire(ctx.now(), spareRenewals(world)));
      return;
    case "renew":
      await renew(world);
      return;
    case "reverse": {
      const lot = model.lots[step.which % Math.max(1, model.lots.length)];
      if (!lot) return;
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
      return;
    }
    case "reverse usage": {
      const providerRef = `ref:${step.ref}`;
      const outcome = await reverseUsage(ctx, { orgId, channel: "sms", providerRef, reason: "our fault" });
      const amount = model.reverseUsage(providerRef, ctx.now(), spareRenewals(world));
      if (amount === undefined) expect(outcome.kind).not.toBe("reversed");
      else expect(outcome).toEqual({ kind: "reversed", amount });
      return;
    }
    case "adjust": {
      const open = step.share > 0 ? model.overdraft : model.balance + model.overdraft;
      const amount = (open * BigInt(step.share)) / 100n;
      if (amount === 0n) return;
      await adjustBalance(ctx, { orgId, amount, key: `adjust:${world.adjustments++}`, reason: "by hand" });
      model.adjust(amount);
      return;
    }
    case "travel":
      ctx.travel(new Date(ctx.now().getTime() + step.hours * 3_600_000));
      return;
    default:
      step satisfies never;
  }
}

async function renew(world: World): Promise<void> {
  const { ctx, orgId, model } = world;
  const period = billingPeriod(ctx.now(), ANCHOR_AT);
  const { kind } = await renewAllowance(ctx, orgId);
  if (world.renewedThrough > period.startsAt) {
    expect(kind).toBe("already-renewed");
    return;
  }
  expect(kind).toBe("renewed");
  world.renewedThrough = period.endsAt;
  model.expire(period.startsAt, (lot: ModelLot) => lot.kind !== "monthly");
  model.grant({
    source: `allowance:${ANCHOR_AT.toISOString()}:${period.key}`,
    kind: "monthly",
    granted: ALLOWANCE,
    expiresAt: period.endsAt,
  });
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
