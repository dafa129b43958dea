import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { findDrift } from "@/lib/credits/store/reconcile";
import { credits } from "@/lib/shared/money";
import { type Buyer, givenBuyer, givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { balanceOf, clickBuy, startPayments } from "../factories/payments";
import { longest, patience, REPEATABLE, runs, size } from "../support/effort";

const payments = await startPayments();
const { control, stripe } = payments;

afterAll(payments.stop);

const PACKS = [
  { shown: await givenPack("price_starter"), credits: credits(1_000), pence: 1_000 },
  { shown: await givenPack("price_workshop"), credits: credits(5_000), pence: 4_500 },
] as const;

const CARDS = ["4242424242424242", "5555555555554444", "4000000000000259", "4000000000000002", "bacs_debit"];

type Step =
  | { do: "buy"; pack: 0 | 1; card: string }
  | { do: "return"; which: number }
  | { do: "expire"; which: number }
  | { do: "deliver"; reversed: boolean; concurrent: boolean; copies: number }
  | { do: "lose" }
  | { do: "reconcile" }
  | MoneyStep;

/** What happens to a payment at the banks. */
type MoneyStep =
  | { do: "bank"; which: number; succeeds: boolean }
  | { do: "refund"; which: number; share: number; status: "succeeded" | "pending" | "failed" }
  | { do: "refund fails"; which: number }
  | { do: "dispute"; which: number }
  | { do: "dispute ends"; which: number; status: "won" | "lost" };

const which = fc.nat(6);
const buy = fc.record({
  do: fc.constant("buy" as const),
  pack: fc.constantFrom(0 as const, 1 as const),
  card: fc.constantFrom(...CARDS),
});
const money: fc.Arbitrary<MoneyStep> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant("bank" as const), which, succeeds: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("refund" as const),
      which,
      share: fc.integer({ min: 1, max: 100 }),
      status: fc.constantFrom("succeeded" as const, "pending" as const, "failed" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refund fails" as const), which }) },
  fc.record({ do: fc.constant("dispute" as const), which }),
  fc.record({
    do: fc.constant("dispute ends" as const),
    which,
    status: fc.constantFrom("won" as const, "lost" as const),
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: buy },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("return" as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("expire" as const), which }) },
  { weight: 14, arbitrary: money },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("deliver" as const),
      reversed: fc.boolean(),
      concurrent: fc.boolean(),
      copies: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: "lose" as const }) },
  fc.constant({ do: "reconcile" as const }),
);
/** A purchase first: before it, nothing can happen to a payment. */
const steps = (minLength: number, maxLength: number): fc.Arbitrary<Step[]> =>
  fc
    .tuple(buy, fc.array(step, { minLength, maxLength: longest(maxLength), size }))
    .map(([first, rest]) => [first, ...rest]);

type World = {
  readonly ctx: ReturnType<typeof testContext>;
  readonly buyer: Buyer;
  readonly sessions: string[];
};

async function newWorld(): Promise<World> {
  await payments.reset();
  const ctx = testContext(new Date());
  return { ctx, buyer: await givenBuyer(ctx), sessions: [] };
}

/** What the customer, their bank or Stripe's dashboard would not do in this state is refused, and changes nothing. */
const unlessRefused = (act: Promise<unknown>): Promise<boolean> =>
  act.then(
    () => true,
    (error: Error) => {
      if (!/^POST \/control\/stripe\//.test(error.message)) throw error;
      return false;
    },
  );

/** How often each kind of step took effect, over all runs. */
const took = new Map<Step["do"], number>();

async function perform(world: World, now: Step): Promise<void> {
  if (await act(world, now)) took.set(now.do, (took.get(now.do) ?? 0) + 1);
}

const oneOf = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)];

/** Whether the step took effect. */
async function act({ ctx, buyer, sessions }: World, now: Step): Promise<boolean> {
  switch (now.do) {
    case "buy": {
      const open = await clickBuy(payments, buyer, PACKS[now.pack].shown);
      if (!sessions.includes(open.id)) sessions.push(open.id);
      return "paymentIntent" in (await stripe.pay(open.id, { card: now.card }));
    }
    case "return": {
      const session = oneOf(sessions, now.which);
      if (!session) return false;
      return (await confirmCheckout(buyer.member, buyer.orgId, session)).status === "paid";
    }
    case "expire": {
      const open = oneOf(await stripe.list("sessions", { status: "open" }), now.which);
      return open !== undefined && unlessRefused(stripe.expire(open.id));
    }
    case "deliver": {
      const delivered = await control.flush({
        provider: "stripe",
        concurrent: now.concurrent,
        copies: now.copies,
        ...(now.reversed ? { order: "reversed" } : {}),
      });
      return delivered.length > 0;
    }
    case "lose": {
      const waiting = await control.pending();
      await control.dropDeliveries();
      return waiting > 0;
    }
    case "reconcile":
      ctx.travel(new Date(Date.now() + 10 * 60_000));
      return (await reconcilePayments(ctx, { hours: 24 })).events > 0;
    default:
      return atTheBank(now);
  }
}

/** The step happens to one of the payments to which it can happen. */
async function atTheBank(now: MoneyStep): Promise<boolean> {
  switch (now.do) {
    case "bank": {
      const intent = oneOf(await stripe.list("paymentIntents", { status: "processing" }), now.which);
      return intent !== undefined && unlessRefused(stripe.settle(intent.id, now.succeeds));
    }
    case "refund": {
      const intent = oneOf(await stripe.list("paymentIntents", { status: "succeeded" }), now.which);
      if (!intent) return false;
      const amount = Math.max(1, Math.floor((intent.amount * now.share) / 100));
      return unlessRefused(stripe.refund({ paymentIntent: intent.id, amount, status: now.status }));
    }
    case "refund fails": {
      const standing = (await stripe.list("refunds")).filter(({ status }) => status !== "failed");
      const refund = oneOf(standing, now.which);
      return refund !== undefined && unlessRefused(stripe.moveRefund(refund.id, "failed"));
    }
    case "dispute": {
      const intent = oneOf(await stripe.list("paymentIntents", { status: "succeeded" }), now.which);
      return intent !== undefined && unlessRefused(stripe.dispute({ paymentIntent: intent.id }));
    }
    case "dispute ends": {
      const open = (await stripe.list("disputes")).filter(({ status }) => status !== now.status);
      const dispute = oneOf(open, now.which);
      return dispute !== undefined && unlessRefused(stripe.moveDispute(dispute.id, now.status));
    }
  }
}

/** What Stripe says was paid and stayed with us, in microcredits: reckoned here from its objects, payment by payment. */
async function paidFor(sessions: readonly string[]): Promise<bigint> {
  let total = 0n;
  for (const session of await stripe.list("sessions")) {
    const intentId = session.payment_intent?.toString();
    if (!sessions.includes(session.id) || !intentId) continue;
    const [intent] = await stripe.list("paymentIntents", { id: intentId });
    if (intent?.status !== "succeeded") continue;
    const pack = PACKS.find(({ pence }) => pence === intent.amount);
    if (!pack) throw new Error("a payment of no pack");
    const refunded = (await stripe.list("refunds", { payment_intent: intentId }))
      .filter(({ status }) => status !== "failed" && status !== "canceled")
      .reduce((sum, { amount }) => sum + amount, 0);
    const lost = (await stripe.list("disputes", { payment_intent: intentId }))
      .filter(({ status }) => status === "lost")
      .reduce((sum, { amount }) => sum + amount, 0);
    const returned = BigInt(Math.min(refunded + lost, pack.pence));
    total += pack.credits - (pack.credits * returned) / BigInt(pack.pence);
  }
  return total;
}

/** How often each kind of step must take effect in all runs together: about a quarter of what is usual. */
const LEAST: Readonly<Record<Step["do"], number>> = {
  buy: 30,
  return: 5,
  expire: 3,
  bank: 3,
  refund: 5,
  "refund fails": 1,
  dispute: 6,
  "dispute ends": 3,
  deliver: 12,
  lose: 6,
  reconcile: 12,
};

const everything = async (world: World): Promise<void> => perform(world, { do: "reconcile" });

it(
  "credits granted are credits paid for less what was refunded, whatever the order, number and loss of events",
  async () => {
    await fc.assert(
      fc.asyncProperty(steps(4, 24), async (history) => {
        const world = await newWorld();
        for (const one of history) await perform(world, one);
        await everything(world);
        expect(await balanceOf(world.buyer.orgId)).toBe(await paidFor(world.sessions));
        expect(await findDrift(world.buyer.orgId)).toEqual([]);
      }),
      { numRuns: runs(26), ...REPEATABLE },
    );
  },
  patience(240_000),
);

it(
  "the same holds when redirects, deliveries, refunds and reconciliations run at once",
  async () => {
    await fc.assert(
      fc.asyncProperty(steps(6, 16), async (history) => {
        const world = await newWorld();
        for (const one of history.filter((one) => one.do === "buy").slice(0, 3)) await perform(world, one);
        await Promise.all(history.filter((one) => one.do !== "buy").map((one) => perform(world, one)));
        await everything(world);
        expect(await balanceOf(world.buyer.orgId)).toBe(await paidFor(world.sessions));
        expect(await findDrift(world.buyer.orgId)).toEqual([]);
      }),
      { numRuns: runs(20), ...REPEATABLE },
    );
  },
  patience(240_000),
);

it("all of this happened: every kind of step took effect often enough to mean something", () => {
  for (const [kind, least] of Object.entries(LEAST))
    expect(took.get(kind as Step["do"]) ?? 0, kind).toBeGreaterThanOrEqual(least);
});
