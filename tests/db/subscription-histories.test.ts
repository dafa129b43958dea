import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool } from "@/lib/db/pool";
import { plusDays } from "@/lib/shared/london-time";
import { credits } from "@/lib/shared/money";
import { accountOf } from "../factories/subscribing";
import type { ModelGrant } from "../factories/subscription-model";
import { catchUp, type Play, perform, type Step } from "../factories/subscription-steps";
import {
  chanceOf,
  grantsOf,
  keptOf,
  londonTime,
  subscriptionWorld,
  takenBack,
} from "../factories/subscription-world";
import { longest, patience, REPEATABLE, runs, size } from "../support/effort";

afterAll(closePool);

const of = <K extends Step["do"]>(...kinds: K[]) => fc.record({ do: fc.constantFrom(...kinds) });
const bays = fc.integer({ min: 1, max: 9 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("subscribe" as const), bays, yearly: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("subscribe beside" as const), bays, yearly: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("bays" as const),
      count: bays,
      prorate: fc.constantFrom("create_prorations" as const, "always_invoice" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("end on a day" as const),
      days: fc.integer({ min: 1, max: 70 }),
      hours: fc.integer({ min: 0, max: 23 }),
    }),
  },
  { weight: 6, arbitrary: of("switch", "cancel", "resume", "accept card") },
  { weight: 4, arbitrary: of("refuse card", "pay", "void") },
  { weight: 5, arbitrary: of("refund", "dispute") },
  { weight: 3, arbitrary: of("end now", "delete customer") },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 0, max: 40 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("wait for the boundary" as const),
      hours: fc.integer({ min: 3, max: 20 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("hear" as const), loses: fc.boolean() }) },
) as fc.Arbitrary<Step>;

/** Any day, at any time but the hours around a London midnight. */
const begins = fc
  .record({ days: fc.nat(420), minute: fc.integer({ min: 180, max: 1_080 }), second: fc.nat(59) })
  .map(({ days, minute, second }) => ({ day: plusDays("2027-08-01", days), minute, second }));

/** How often each kind of step took effect, over all runs. */
const took = new Map<Step["do"], number>();

async function play(it: Play, step: Step): Promise<void> {
  if (await perform(it, step)) took.set(step.do, (took.get(step.do) ?? 0) + 1);
}

it(
  "a garage is granted what Stripe's log and the decisions say, whatever is lost, doubled, late or out of order",
  async () => {
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(
        begins,
        fc.nat(),
        fc.array(step, { minLength: 16, maxLength: longest(30), size: size === "max" ? "max" : "medium" }),
        async ({ day, minute, second }, seed, steps) => {
          const world = await subscriptionWorld(
            new Date(londonTime(day, 0, minute).getTime() + second * 1_000),
          );
          const garage = await world.join();
          const history: Play = { world, garage, chance: chanceOf(seed), raised: false };
          await play(history, { do: "subscribe", bays: 1 + (seed % 4), yearly: seed % 3 === 0 });
          for (const one of steps) await play(history, one);
          garage.missed = true;
          await catchUp(history);
          await world.sweep();
          const expected = world.expected(garage);
          expect(inOrder(await grantsOf(garage.orgId))).toEqual(inOrder(expected));
          expect((await accountOf(garage.orgId)).state).toBe(garage.log.state);
          expect(await keptOf(garage.orgId)).toBe(credits(2_000));
          expect(await takenBack(garage.orgId)).toBe(0);
          expect(await findDrift(garage.orgId)).toEqual([]);
          granted += expected.length;
        },
      ),
      { numRuns: runs(9), interruptAfterTimeLimit: patience(200_000), ...REPEATABLE },
    );
    expect(granted).toBeGreaterThan(runs(9) * 2);
  },
  patience(240_000),
);

const inOrder = (grants: readonly ModelGrant[]) =>
  grants.map(({ anchor, period, amount }) => `${anchor} ${period} ${amount}`).sort();

/** How often each kind of step must take effect in all runs together: about two thirds of what is usual. */
const LEAST = {
  subscribe: 13,
  "subscribe beside": 5,
  bays: 6,
  switch: 2,
  cancel: 2,
  resume: 1,
  "refuse card": 2,
  "accept card": 2,
  refund: 2,
  dispute: 3,
  "end now": 2,
  "delete customer": 3,
  wait: 8,
  "wait for the boundary": 4,
  hear: 2,
} satisfies Partial<Record<Step["do"], number>>;

it("all of this happened: every kind of step took effect often enough to mean something", () => {
  for (const [kind, least] of Object.entries(LEAST))
    expect(took.get(kind as Step["do"]) ?? 0, kind).toBeGreaterThanOrEqual(least);
});
