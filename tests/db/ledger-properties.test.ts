import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { billingPeriod } from "@/lib/credits/core/billing-cycle";
import { expireLots } from "@/lib/credits/expire-lots";
import { grantCredits } from "@/lib/credits/grant-credits";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool } from "@/lib/db/pool";
import { microcredits, microUsd } from "@/lib/shared/money";
import { anchorOn } from "@/prisma/seed/anchor";
import { fullStart, givenAccount, testContext } from "../factories/ledger";
import { LedgerModel, type ModelLot } from "../factories/ledger-model";

afterAll(closePool);

const CREDITS_PER_MICRO_USD = 100n;
const ALLOWANCE = 5_000n;
const ANCHOR_DAY = 31;
const STARTS_AT = new Date("2026-01-15T09:00:00Z");
const ANCHOR_AT = anchorOn(ANCHOR_DAY, STARTS_AT);

type Command =
  | { do: "grant"; kind: "gifted" | "purchased"; amount: bigint; days: number; repeat: boolean }
  | { do: "settle"; ref: number; cost: bigint; stored: boolean; times: number }
  | { do: "expire" }
  | { do: "renew" }
  | { do: "reverse"; which: number; share: number }
  | { do: "travel"; hours: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    do: fc.constant("grant" as const),
    kind: fc.constantFrom("gifted" as const, "purchased" as const),
    amount: fc.bigInt(1n, 6_000n),
    days: fc.integer({ min: 1, max: 40 }),
    repeat: fc.boolean(),
  }),
  fc.record({
    do: fc.constant("settle" as const),
    ref: fc.integer({ min: 0, max: 30 }),
    cost: fc.bigInt(0n, 40n),
    stored: fc.boolean(),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant("expire" as const) }),
  fc.record({ do: fc.constant("renew" as const) }),
  fc.record({
    do: fc.constant("reverse" as const),
    which: fc.nat(20),
    share: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({ do: fc.constant("travel" as const), hours: fc.integer({ min: -30, max: 900 }) }),
);

it("the ledger does what its model says, through any sequence of grants, settles, expiries, renewals, reversals and clock jumps", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
      const world = await newWorld();
      for (const step of commands) {
        await perform(world, step);
        await expectSame(world);
      }
    }),
    { numRuns: 60 },
  );
}, 240_000);

it("concurrent writers lose nothing: what is left is what was granted, less what was used and expired", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 60 }), async (commands) => {
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
    { numRuns: 40 },
  );
}, 120_000);

async function newWorld() {
  const ctx = testContext(STARTS_AT);
  const orgId = await givenAccount(ctx, { allowance: ALLOWANCE, anchorDay: ANCHOR_DAY });
  return { ctx, orgId, model: new LedgerModel(), renewedThrough: new Date(0), grants: 0 };
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
      expect(await expireLots(ctx, orgId)).toBe(
        model.expire(ctx.now(), (lot) => lot.kind === "monthly" && renewalIsDue(world)),
      );
      return;
    case "renew":
      await renew(world);
      return;
    case "reverse": {
      const lot = model.lots[step.which % Math.max(1, model.lots.length)];
      if (!lot) return;
      const takenBack = (lot.granted * BigInt(step.share)) / 100n;
      await reverseGrant(ctx, {
        orgId,
        sourceKey: lot.source,
        takenBack: microcredits(takenBack),
        reason: "refund",
      });
      model.reverse(lot, takenBack);
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
