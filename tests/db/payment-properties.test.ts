import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { findDrift } from "@/lib/credits/store/reconcile";
import { credits } from "@/lib/shared/money";
import { type Buyer, givenBuyer, givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { balanceOf, clickBuy, startPayments } from "../factories/payments";

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
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("buy" as const),
      pack: fc.constantFrom(0 as const, 1 as const),
      card: fc.constantFrom(...CARDS),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("return" as const), which }) },
  fc.record({ do: fc.constant("expire" as const), which }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant("bank" as const), which, succeeds: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("refund" as const),
      which,
      share: fc.integer({ min: 1, max: 100 }),
      status: fc.constantFrom("succeeded" as const, "pending" as const, "failed" as const),
    }),
  },
  fc.record({ do: fc.constant("refund fails" as const), which }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant("dispute" as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("dispute ends" as const),
      which,
      status: fc.constantFrom("won" as const, "lost" as const),
    }),
  },
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
const tolerant = (act: Promise<unknown>): Promise<unknown> => act.catch(() => undefined);

async function perform({ ctx, buyer, sessions }: World, now: Step): Promise<void> {
  const session = "which" in now ? sessions[now.which % Math.max(1, sessions.length)] : undefined;
  const intentOf = async () =>
    session && (await stripe.list("sessions", { id: session }))[0]?.payment_intent?.toString();
  switch (now.do) {
    case "buy": {
      const open = await clickBuy(payments, buyer, PACKS[now.pack].shown);
      if (!sessions.includes(open.id)) sessions.push(open.id);
      await stripe.pay(open.id, { card: now.card });
      return;
    }
    case "return":
      if (session) await confirmCheckout(buyer.member, buyer.orgId, session);
      return;
    case "expire":
      if (session) await tolerant(stripe.expire(session));
      return;
    case "deliver":
      await control.flush({
        provider: "stripe",
        concurrent: now.concurrent,
        copies: now.copies,
        ...(now.reversed ? { order: "reversed" } : {}),
      });
      return;
    case "lose":
      await control.dropDeliveries();
      return;
    case "reconcile":
      ctx.travel(new Date(Date.now() + 10 * 60_000));
      await reconcilePayments(ctx, { hours: 24 });
      return;
    case "bank":
    case "refund":
    case "refund fails":
    case "dispute":
    case "dispute ends": {
      const paymentIntent = await intentOf();
      if (paymentIntent) await actOn(paymentIntent, now);
    }
  }
}

async function actOn(paymentIntent: string, now: MoneyStep): Promise<void> {
  const paid = (await stripe.list("paymentIntents", { id: paymentIntent }))[0]?.amount_received ?? 0;
  switch (now.do) {
    case "bank":
      await tolerant(stripe.settle(paymentIntent, now.succeeds));
      return;
    case "refund":
      await tolerant(
        stripe.refund({
          paymentIntent,
          amount: Math.max(1, Math.floor((paid * now.share) / 100)),
          status: now.status,
        }),
      );
      return;
    case "refund fails": {
      const [refund] = await stripe.list("refunds", { payment_intent: paymentIntent });
      if (refund) await tolerant(stripe.moveRefund(refund.id, "failed"));
      return;
    }
    case "dispute":
      await tolerant(stripe.dispute({ paymentIntent }));
      return;
    case "dispute ends": {
      const [dispute] = await stripe.list("disputes", { payment_intent: paymentIntent });
      if (dispute) await tolerant(stripe.moveDispute(dispute.id, now.status));
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

const everything = async (world: World): Promise<void> => perform(world, { do: "reconcile" });

it("credits granted are credits paid for less what was refunded, whatever the order, number and loss of events", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const world = await newWorld();
      for (const one of steps) await perform(world, one);
      await everything(world);
      expect(await balanceOf(world.buyer.orgId)).toBe(await paidFor(world.sessions));
      expect(await findDrift(world.buyer.orgId)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 240_000);

it("the same holds when redirects, deliveries, refunds and reconciliations run at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
      const world = await newWorld();
      for (const one of steps.filter((one) => one.do === "buy").slice(0, 3)) await perform(world, one);
      await Promise.all(steps.filter((one) => one.do !== "buy").map((one) => perform(world, one)));
      await everything(world);
      expect(await balanceOf(world.buyer.orgId)).toBe(await paidFor(world.sessions));
      expect(await findDrift(world.buyer.orgId)).toEqual([]);
    }),
    { numRuns: 30 },
  );
}, 240_000);
