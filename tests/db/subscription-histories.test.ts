import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool } from "@/lib/db/pool";
import { londonDay, plusDays } from "@/lib/shared/london-time";
import { credits } from "@/lib/shared/money";
import { accountOf } from "../factories/subscribing";
import type { ModelGrant } from "../factories/subscription-model";
import {
  type Chance,
  chanceOf,
  type Garage,
  grantsOf,
  keptOf,
  londonTime,
  subscriptionWorld,
  type World,
} from "../factories/subscription-world";
import { nextMoment } from "../sandbox/stripe/billing/run-due";
import { longest, patience, runs, size } from "../support/effort";

afterAll(closePool);

type Step =
  | { do: "subscribe"; bays: number; yearly: boolean }
  | { do: "bays"; count: number; prorate: "create_prorations" | "always_invoice" }
  | { do: "end on a day"; days: number; hours: number }
  | { do: "switch" | "cancel" | "resume" | "end now" | "refuse card" | "accept card" | "pay" }
  | { do: "refund" | "dispute" | "void" | "delete customer" }
  | { do: "wait"; days: number }
  | { do: "wait for the boundary"; hours: number }
  | { do: "hear"; loses: boolean };

const of = <K extends Step["do"]>(...kinds: K[]) => fc.record({ do: fc.constantFrom(...kinds) });
const bays = fc.integer({ min: 1, max: 9 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("subscribe" as const), bays, yearly: fc.boolean() }) },
  {
    weight: 6,
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
  { weight: 6, arbitrary: of("switch", "cancel", "resume", "refuse card", "accept card", "pay") },
  { weight: 1, arbitrary: of("end now", "refund", "dispute", "void", "delete customer") },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 0, max: 40 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("wait for the boundary" as const),
      hours: fc.integer({ min: 3, max: 20 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("hear" as const), loses: fc.boolean() }) },
) as fc.Arbitrary<Step>;

/** Any day, at any time but the hours around a London midnight. */
const begins = fc
  .record({ days: fc.nat(420), minute: fc.integer({ min: 180, max: 1_080 }), second: fc.nat(59) })
  .map(({ days, minute, second }) => ({ day: plusDays("2027-08-01", days), minute, second }));

/** The same histories each time; others where one looks longer. */
const REPEATED = runs(1) === 1 ? { seed: 20_271_031 } : {};

type Play = {
  readonly world: World;
  readonly garage: Garage;
  readonly chance: Chance;
  /** It began or its bays have changed, and we may not have heard of it. */
  raised: boolean;
};

/** How often each kind of step took effect, over all runs. */
const took = new Map<Step["do"], number>();

/** What Stripe would refuse in this state changes nothing. */
const unlessRefused = (act: Promise<unknown>): Promise<boolean> =>
  act.then(
    () => true,
    (error: Error) => {
      if (!/^(POST|DELETE) \/control\/stripe\//.test(error.message)) throw error;
      return false;
    },
  );

async function perform(play: Play, now: Step): Promise<void> {
  const { world } = play;
  if (await act(play, now)) took.set(now.do, (took.get(now.do) ?? 0) + 1);
  // No two things happen to a garage within one second.
  await world.travel(new Date(world.ctx.now().getTime() + 2_000));
}

/** The oldest subscription of a garage that has not ended. */
async function living({ world, garage }: Play): Promise<string | undefined> {
  const all = world.state.subscriptions.list().reverse();
  const customer = all.length > 0 ? await world.customerOf(garage) : "";
  return all.find(
    (one) => one.customer === customer && !["canceled", "incomplete_expired"].includes(one.status),
  )?.id;
}

async function act(play: Play, now: Step): Promise<boolean> {
  const { world, garage } = play;
  switch (now.do) {
    case "subscribe":
      return subscribe(play, now);
    case "wait":
      return wait(play, world.ctx.now().getTime() + now.days * 24 * 3_600_000);
    case "wait for the boundary": {
      const next = garage.log.nextBoundary();
      return next !== undefined && wait(play, londonTime(londonDay(next), now.hours).getTime());
    }
    case "hear": {
      const { length } = garage.waiting;
      await world.hear(garage, play.chance, now);
      return length > 0;
    }
    default: {
      const id = await living(play);
      if (now.do === "end now" || now.do === "delete customer") await catchUp(play);
      if (now.do === "bays") play.raised = true;
      return id !== undefined && unlessRefused(atStripe(play, id, now));
    }
  }
}

async function subscribe(
  play: Play,
  { bays: count, yearly }: { bays: number; yearly: boolean },
): Promise<boolean> {
  const { world, garage } = play;
  const { ctx } = world;
  await world.hear(garage, chanceOf(1));
  if (!["trial", "canceled"].includes((await accountOf(garage.orgId)).state)) return false;
  ctx.travel(new Date(ctx.now().getTime() + 1_000));
  await world.subscribe(garage, { bays: count, interval: yearly ? "year" : "month" });
  play.raised = true;
  return true;
}

type AtStripe = Exclude<Step, { do: "subscribe" | "wait" | "wait for the boundary" | "hear" }>;

async function atStripe({ world, garage }: Play, id: string, now: AtStripe): Promise<void> {
  const { stripe, state } = world;
  const subscription = state.subscriptions.get(id);
  const [item] = subscription?.items.data ?? [];
  const customer = await world.customerOf(garage);
  const [invoice] = state.invoices.list().filter((one) => one.customer === customer);
  switch (now.do) {
    case "bays":
      await stripe.changeSubscription(id, { quantity: now.count, prorate: now.prorate });
      return;
    case "switch": {
      const price = item?.price.id === "price_bay_monthly" ? "price_bay_yearly" : "price_bay_monthly";
      await stripe.changeSubscription(id, { price });
      return;
    }
    case "cancel":
      await stripe.changeSubscription(id, { cancelAtPeriodEnd: true });
      return;
    case "resume":
      await stripe.changeSubscription(
        id,
        subscription?.cancel_at_period_end ? { cancelAtPeriodEnd: false } : { cancelAt: null },
      );
      return;
    case "end on a day": {
      const day = plusDays(londonDay(world.ctx.now()), now.days);
      await stripe.changeSubscription(id, { cancelAt: londonTime(day, now.hours).getTime() / 1_000 });
      return;
    }
    case "end now":
      await stripe.forceSubscription(id, "canceled");
      return;
    case "refuse card":
    case "accept card": {
      const cards = await stripe.list("paymentMethods", { customer });
      for (const card of cards)
        await stripe.declineCard(card.id, now.do === "refuse card" ? "generic_decline" : null);
      return;
    }
    case "pay":
    case "void":
      await stripe.moveInvoice(String(invoice?.id), { status: now.do === "pay" ? "paid" : "void" });
      return;
    case "refund":
      await stripe.refund({ invoice: String(invoice?.id) });
      return;
    case "dispute":
      await stripe.dispute({ invoice: String(invoice?.id) });
      return;
    case "delete customer":
      await stripe.deleteCustomer(customer);
      return;
    default:
      now satisfies never;
  }
}

/** Everything that has happened is known; what is lost of it is found by the daily look. */
async function catchUp(play: Play): Promise<void> {
  const { world, garage, chance } = play;
  await world.hear(garage, chance, { loses: chance.in(3) });
  await world.look(garage);
  play.raised = false;
}

/** Time goes on. Before each boundary everything is known that happened before it; at it, the scheduler may be late. */
async function wait(play: Play, until: number): Promise<boolean> {
  const { world, garage, chance } = play;
  const { ctx } = world;
  if (until <= ctx.now().getTime()) return false;
  for (;;) {
    world.expected(garage);
    const boundary = garage.log.nextBoundary();
    const moment = (nextMoment(world.state) ?? Number.POSITIVE_INFINITY) * 1_000;
    // What a subscription had until it ended or was unpaid is lost on it if nobody heard of that before.
    if (play.raised && moment <= Math.min(until, Number(boundary))) {
      await world.travel(new Date(moment - 1_000));
      await catchUp(play);
      continue;
    }
    if (boundary === undefined || boundary.getTime() > until) break;
    await world.travel(new Date(boundary.getTime() - 75 * 60_000));
    await catchUp(play);
    await world.sweep();
    await world.travel(new Date(boundary.getTime() + 5 * 60_000));
    const invoiced = boundary.getTime() + 21 * 3_600_000;
    if (chance.in(3) && invoiced < until) await world.travel(new Date(invoiced));
    await Promise.all([
      world.sweep(),
      chance.in(2) ? world.hear(garage, chance, { loses: true }) : undefined,
    ]);
    await world.sweep();
  }
  await world.travel(new Date(until));
  return true;
}

it(
  "a garage is granted what Stripe's log and the decisions say, whatever is lost, doubled, late or out of order",
  async () => {
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(
        begins,
        fc.nat(),
        fc.array(step, { minLength: 10, maxLength: longest(30), size: size === "max" ? "max" : "medium" }),
        async ({ day, minute, second }, seed, steps) => {
          const world = await subscriptionWorld(
            new Date(londonTime(day, 0, minute).getTime() + second * 1_000),
          );
          const play = { world, garage: await world.join(), chance: chanceOf(seed), raised: false };
          await perform(play, { do: "subscribe", bays: 1 + (seed % 4), yearly: seed % 3 === 0 });
          for (const one of steps) await perform(play, one);
          const { garage } = play;
          garage.missed = true;
          await catchUp(play);
          await world.sweep();
          const expected = world.expected(garage);
          expect(inOrder(await grantsOf(garage.orgId))).toEqual(inOrder(expected));
          expect((await accountOf(garage.orgId)).state).toBe(garage.log.state);
          expect(await keptOf(garage.orgId)).toBe(credits(2_000));
          expect(await findDrift(garage.orgId)).toEqual([]);
          granted += expected.length;
        },
      ),
      { numRuns: runs(12), interruptAfterTimeLimit: patience(200_000), ...REPEATED },
    );
    expect(granted).toBeGreaterThan(runs(12) * 2);
  },
  patience(240_000),
);

const inOrder = (grants: readonly ModelGrant[]) =>
  grants.map(({ anchor, period, amount }) => `${anchor} ${period} ${amount}`).sort();

/** How often each kind of step must take effect in all runs together: about a third of what is usual. */
const LEAST = { subscribe: 12, bays: 10, wait: 10, "wait for the boundary": 5, hear: 5 };

it("all of this happened: every kind of step took effect often enough to mean something", () => {
  for (const [kind, least] of Object.entries(LEAST))
    expect(took.get(kind as Step["do"]) ?? 0, kind).toBeGreaterThanOrEqual(least);
});
