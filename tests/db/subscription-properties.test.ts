import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { changeSubscription } from "@/lib/credits/change-subscription";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { readBalance } from "@/lib/credits/store/balance";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool, pool } from "@/lib/db/pool";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { londonMoment } from "@/lib/shared/london-time";
import { microcredits } from "@/lib/shared/money";
import { givenAccount, testContext } from "../factories/ledger";
import { type ModelGrant, SubscriptionModel } from "../factories/subscription-model";
import { longest, patience, REPEATABLE, runs, size } from "../support/effort";

afterAll(closePool);

const PER_BAY = 500_000_007n;
const HOUR_MS = 3_600_000;

type Command =
  | { do: "travel"; hours: number }
  | { do: "sweep" | "pay" | "stop paying" | "recover" | "cancel" | "subscribe" | "go on" }
  | { do: "bays"; count: number }
  | { do: "end"; onBoundary: boolean; hours: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("travel" as const), hours: fc.integer({ min: 0, max: 1_000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("sweep", "sweep", "pay", "stop paying", "recover", "cancel", "subscribe", "go on"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("bays" as const), count: fc.integer({ min: 1, max: 8 }) }),
  },
  fc.record({
    do: fc.constant("end" as const),
    onBoundary: fc.boolean(),
    hours: fc.integer({ min: 0, max: 1_500 }),
  }),
);

/** Any day from 1 to 31, at any time of it, around a leap February and both changes of the clocks. */
const begins = fc
  .date({ min: new Date("2019-09-01"), max: new Date("2020-11-01"), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));

async function newWorld(at: Date) {
  const ctx = testContext(at);
  const orgId = await givenAccount(ctx, { state: "trial", allowance: 0n });
  const model = new SubscriptionModel(at, 2, PER_BAY);
  await changeSubscription(ctx, { orgId, state: "active", allowance: allowanceOf(2) });
  model.ask(at, "payment");
  return { ctx, orgId, model };
}
type World = Awaited<ReturnType<typeof newWorld>>;

const allowanceOf = (bays: number) => ({ allowance: microcredits(PER_BAY * BigInt(bays)), bays });

async function perform({ ctx, orgId, model }: World, step: Command): Promise<void> {
  const change = (wish: Omit<Parameters<typeof changeSubscription>[1], "orgId">) =>
    changeSubscription(ctx, { orgId, ...wish });
  switch (step.do) {
    case "travel":
      ctx.travel(new Date(ctx.now().getTime() + step.hours * HOUR_MS));
      return;
    case "sweep":
      await sweepCycles(ctx);
      model.ask(ctx.now(), "scheduler");
      return;
    case "pay":
      await renewAllowance(ctx, orgId);
      model.ask(ctx.now(), "payment");
      return;
    case "stop paying":
      if (model.state !== "active") return;
      await change({ state: "past_due" });
      model.change(ctx.now(), () => {
        model.state = "past_due";
      });
      return;
    case "recover":
      if (model.state !== "past_due") return;
      await change({ state: "active" });
      model.change(ctx.now(), () => {
        model.state = "active";
      });
      return;
    case "cancel":
      await change({ state: "canceled" });
      model.change(ctx.now(), () => {
        model.state = "canceled";
      });
      return;
    case "subscribe":
      if (model.state !== "canceled") return;
      // No two subscriptions begin at one instant.
      ctx.travel(new Date(ctx.now().getTime() + 1_000));
      await change({ state: "active" });
      model.state = "active";
      model.begin(ctx.now());
      model.ask(ctx.now(), "payment");
      return;
    case "bays":
      await change({ allowance: allowanceOf(step.count) });
      model.change(ctx.now(), () => {
        model.bays = step.count;
      });
      return;
    case "end": {
      const endsAt = step.onBoundary
        ? londonMoment(model.periodEnd(model.periodStart(ctx.now())), 0, step.hours % 24)
        : new Date(ctx.now().getTime() + step.hours * HOUR_MS);
      await change({ endsAt });
      model.change(ctx.now(), () => {
        model.endsAt = endsAt;
      });
      return;
    }
    case "go on":
      await change({ endsAt: null });
      model.change(ctx.now(), () => {
        model.endsAt = null;
      });
      return;
    default:
      step satisfies never;
  }
}

/** Every monthly grant, in order, as its key names it. */
async function grantsOf(orgId: string): Promise<ModelGrant[]> {
  const { rows } = await pool().query<{ key: string; amount: bigint }>(
    `SELECT source_key AS key, granted AS amount FROM credit_lot WHERE org_id = $1 AND kind = 'monthly' ORDER BY id`,
    [orgId],
  );
  return rows.map(({ key, amount }) => {
    const [, anchor = "", period = ""] =
      /^allowance:(.+Z):(\d{4}-\d{2}-\d{2})(?::bays:\d+)?$/.exec(key) ?? [];
    return { amount, anchor, period };
  });
}

it(
  "a subscription brings what its model says, through any sequence of sweeps, payments, changes and clock jumps",
  async () => {
    let asked = 0;
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(
        begins,
        fc.array(command, { minLength: 5, maxLength: longest(40), size }),
        async (at, commands) => {
          const world = await newWorld(at);
          for (const step of commands) {
            await perform(world, step);
            expect(await grantsOf(world.orgId)).toEqual(world.model.grants);
          }
          expect(await findDrift(world.orgId)).toEqual([]);
          asked += commands.length;
          granted += world.model.grants.length;
        },
      ),
      { numRuns: runs(20), ...REPEATABLE },
    );
    // What took effect: most runs must see several periods and raised targets, or they prove little.
    expect(granted).toBeGreaterThan(asked / 8);
  },
  patience(240_000),
);

it(
  "the scheduler, payments and changes racing at a boundary grant one allowance for the period",
  async () => {
    await fc.assert(
      fc.asyncProperty(begins, fc.integer({ min: 1, max: 14 }), async (at, months) => {
        const { ctx, orgId, model } = await newWorld(at);
        for (let month = 0; month < months; month += 7) {
          ctx.travel(new Date(ctx.now().getTime() + 32 * 24 * HOUR_MS));
          await Promise.all([
            ...Array.from({ length: 3 }, () => renewAllowance(ctx, orgId, { scheduled: true })),
            ...Array.from({ length: 3 }, () => renewAllowance(ctx, orgId)),
            changeSubscription(ctx, { orgId, state: "active" }),
          ]);
          model.ask(ctx.now(), "payment");
        }
        expect(await grantsOf(orgId)).toEqual(model.grants);
        expect(await readBalance(orgId)).toMatchObject({
          periodGranted: PER_BAY * 2n,
          balance: PER_BAY * 2n,
        });
      }),
      { numRuns: runs(13), ...REPEATABLE },
    );
  },
  patience(240_000),
);
