import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { getTopUp } from "@/lib/billing/get-top-up";
import { openTopUpLink } from "@/lib/billing/open-top-up-link";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { reconcileTopUps } from "@/lib/billing/reconcile-top-ups";
import { disableTopUp, saveTopUp } from "@/lib/billing/save-top-up";
import { findDrift } from "@/lib/credits/store/reconcile";
import { prisma } from "@/lib/db/prisma";
import { watchBalance } from "@/lib/jobs/watch-balance";
import { isAppError } from "@/lib/shared/errors";
import { givenPack } from "../factories/buyer";
import { testContext } from "../factories/ledger";
import { startPayments } from "../factories/payments";
import { confirmed, giveCard, givenTopUp, topUpJobs, use } from "../factories/top-ups";
import { patience, REPEATABLE, runs } from "../support/effort";

const payments = await startPayments();
const { control, stripe } = payments;
const STARTER = await givenPack("price_starter");
const LIMIT_PENCE = 3_000;
const PACK = 1_000_000_000n;

afterAll(payments.stop);

const CARDS = ["4242424242424242", "5555555555554444", "4000002760003184", "4000000000000341"] as const;
const DECLINES = [null, "insufficient_funds", "lost_card", "generic_decline", "processing_error"] as const;

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("use" as const), credits: fc.integer({ min: 1, max: 1_200 }) }),
  },
  { weight: 8, arbitrary: fc.constant({ do: "work" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("wait" as const), hours: fc.constantFrom(1, 2, 25, 24 * 20) }),
  },
  // Claimed only, or tried with a request to Stripe that comes to nothing, or whose answer does.
  { weight: 2, arbitrary: fc.constant({ do: "look" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("fail" as const),
      at: fc.constantFrom("paymentIntents.create", "customers.retrieve", "paymentIntents.confirm"),
      lost: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("save" as const), threshold: fc.constantFrom(100, 400) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "off" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("decline" as const), as: fc.constantFrom(...DECLINES) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("card" as const), number: fc.constantFrom(...CARDS) }),
  },
  { weight: 4, arbitrary: fc.constant({ do: "authenticate" as const }) },
  { weight: 2, arbitrary: fc.constant({ do: "click" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("refund" as const), share: fc.integer({ min: 1, max: 100 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: "dispute" as const }) },
  { weight: 3, arbitrary: fc.constant({ do: "deliver" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "lose" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const NEEDS_AUTHENTICATION: Step = { do: "card", number: "4000002760003184" };
const USE: Step = { do: "use", credits: 1_200 };
const CHARGE: readonly Step[] = [USE, { do: "work" }];
const SAVE: Step = { do: "save", threshold: 400 };
const LOST: Step = { do: "fail", at: "paymentIntents.create", lost: true };

/** How histories begin, in turn, so that each end of a charge is among them. */
const BEGINNINGS: readonly (readonly Step[])[] = [
  [...CHARGE, { do: "refund", share: 50 }],
  [...CHARGE, { do: "dispute" }],
  [NEEDS_AUTHENTICATION, ...CHARGE, { do: "authenticate" }],
  [{ do: "decline", as: "insufficient_funds" }, ...CHARGE],
  [
    USE,
    { do: "fail", at: "paymentIntents.confirm", lost: false },
    SAVE,
    { do: "look" },
    SAVE,
    { do: "work" },
  ],
  [USE, LOST, { do: "off" }, NEEDS_AUTHENTICATION, SAVE, { do: "work" }, { do: "click" }, SAVE],
];

type World = {
  readonly ctx: ReturnType<typeof testContext>;
  readonly buyer: Awaited<ReturnType<typeof givenTopUp>>;
  method: string;
};

const took = new Map<string, number>();
const count = (what: string, times = 1) => void took.set(what, (took.get(what) ?? 0) + times);

/** How often each of these must have happened at least: steps that took effect, and how attempts ended. */
const LEAST = {
  saved: 1,
  refunded: 2,
  disputed: 2,
  authenticated: 2,
  clicked: 1,
  failed_at_stripe: 1,
  withdrawn: 1,
  failed: 2,
  needs_authentication: 2,
  paid: 8,
};
let histories = 0;

/** What the application, the bank or Stripe's dashboard refuses in this state changes nothing, and is not counted. */
const unlessRefused = (what: keyof typeof LEAST, act: Promise<unknown>): Promise<unknown> =>
  act
    .then((done) => done !== false && count(what))
    .catch((error: unknown) => {
      if (isAppError(error) || /^POST \/control\/stripe\//.test((error as Error).message)) return undefined;
      throw error;
    });

const paidIntents = async ({ buyer }: World) =>
  (await stripe.list("paymentIntents", { customer: buyer.customer })).filter(
    ({ status }) => status === "succeeded",
  );

async function perform(world: World, now: Step): Promise<unknown> {
  const { ctx, buyer } = world;
  const { member, orgId } = buyer;
  switch (now.do) {
    case "use":
      return use(ctx, buyer, now.credits);
    case "work":
      return work(world);
    case "wait":
      return ctx.travel(new Date(ctx.now().getTime() + now.hours * 3_600_000));
    case "look":
      return watchBalance(ctx, orgId);
    case "fail":
      return failAt(world, now);
    case "save":
      return unlessRefused(
        "saved",
        confirmed(STARTER, { monthlyLimitPence: LIMIT_PENCE, threshold: now.threshold }).then((input) =>
          saveTopUp(member, orgId, input),
        ),
      );
    case "off":
      return disableTopUp(member, orgId);
    case "decline":
      return stripe.declineCard(world.method, now.as);
    case "card": {
      world.method = (await giveCard(ctx, stripe, orgId, now.number)).method;
      return undefined;
    }
    case "authenticate":
      return unlessRefused("authenticated", payOnLink(world));
    case "click":
      return unlessRefused("clicked", pageOf(world));
    case "refund": {
      const [intent] = await paidIntents(world);
      const amount = intent && Math.max(1, Math.floor((intent.amount * now.share) / 100));
      return (
        intent && unlessRefused("refunded", stripe.refund({ paymentIntent: intent.id, amount: amount ?? 1 }))
      );
    }
    case "dispute": {
      const [intent] = await paidIntents(world);
      return intent && unlessRefused("disputed", stripe.dispute({ paymentIntent: intent.id }));
    }
    case "deliver":
      return control.flush();
    case "lose":
      return control.dropDeliveries();
  }
}

/** The worker's jobs, while a request to Stripe fails. */
async function failAt(world: World, { at, lost }: Extract<Step, { do: "fail" }>): Promise<void> {
  const effect = lost
    ? ({ kind: "lost-answer", status: 500 } as const)
    : ({ kind: "http", status: 503 } as const);
  await control.behave({ provider: "stripe", on: "rest", match: { route: at }, times: null, effect });
  await topUpJobs(world.ctx, world.buyer).catch(() => count("failed_at_stripe"));
  await control.clearBehaviours();
}

/** The worker's jobs. While it is paused or off, none of them begins a charge; what they charge was agreed to as it stands. */
async function work(world: World): Promise<void> {
  const { ctx, buyer } = world;
  const before = await prisma().topUp.findUniqueOrThrow({ where: { orgId: buyer.orgId } });
  const known = await prisma().topUpAttempt.count({ where: { orgId: buyer.orgId } });
  const paidBefore = new Set((await paidIntents(world)).map(({ id }) => id));
  await topUpJobs(ctx, buyer);
  const charged = (await paidIntents(world)).filter(({ id }) => !paidBefore.has(id)).map(({ id }) => id);
  for (const { consentId } of await prisma().topUpAttempt.findMany({
    where: { orgId: buyer.orgId, paymentIntentId: { in: charged } },
  }))
    expect(consentId).toBe(before.consentId);
  const begun = (await prisma().topUpAttempt.count({ where: { orgId: buyer.orgId } })) - known;
  if (before.pausedReason !== null || !before.enabled) expect(begun).toBe(0);
}

/** The page that the live link leads to; false where there is none. */
async function pageOf({ buyer }: World): Promise<string | false> {
  const { authenticationUrl } = await getTopUp(buyer.member, buyer.orgId);
  const token = authenticationUrl?.split("/").at(-1);
  if (!token) return false;
  const opened = await openTopUpLink(buyer.member, buyer.orgId, token);
  if (opened.kind !== "checkout") return false;
  return (await stripe.list("sessions")).find((one) => one.url === opened.url)?.id ?? false;
}

/** False where there is no page to pay on. */
async function payOnLink(world: World): Promise<boolean> {
  const session = await pageOf(world);
  if (session) await stripe.pay(session, { card: "4242424242424242" });
  return session !== false;
}

/** What is true of every history, at every moment. */
async function holds({ buyer }: World): Promise<void> {
  const { orgId } = buyer;
  const attempts = await prisma().topUpAttempt.findMany({ where: { orgId } });
  expect(attempts.filter(({ status }) => status === "open").length).toBeLessThanOrEqual(1);
  const byMonth = new Map<string, number>();
  for (const { month, status, pricePence } of attempts)
    if (status === "paid" || status === "open") byMonth.set(month, (byMonth.get(month) ?? 0) + pricePence);
  for (const spent of byMonth.values()) expect(spent).toBeLessThanOrEqual(LIMIT_PENCE);
}

it(
  "in random histories each month's charges stay within the limit, and what was granted is what was charged and not returned",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
        await payments.reset();
        const ctx = testContext(new Date());
        const buyer = await givenTopUp(ctx, stripe, STARTER, { monthlyLimitPence: LIMIT_PENCE });
        const world: World = { ctx, buyer, method: buyer.method };
        const beginning = BEGINNINGS[histories++ % BEGINNINGS.length] ?? [];
        for (const now of [...beginning, ...steps]) {
          await perform(world, now);
          await holds(world);
        }
        await settle(world);
      }),
      { numRuns: runs(10), ...REPEATABLE },
    );
  },
  patience(110_000),
);

it("all of this happened: charges were paid, refused, authenticated and returned often enough to mean something", () => {
  for (const [what, least] of Object.entries(LEAST))
    expect(took.get(what) ?? 0, what).toBeGreaterThanOrEqual(least);
});

/** Everything that is under way ends, and the books are held against Stripe's. */
async function settle(world: World): Promise<void> {
  const { ctx, buyer } = world;
  const { orgId } = buyer;
  await disableTopUp(buyer.member, orgId);
  await control.flush();
  ctx.travel(new Date(ctx.now().getTime() + 2 * 3_600_000));
  await reconcileTopUps(ctx);
  await holds(world);
  const sessions = await stripe.list("sessions", { customer: buyer.customer });
  expect(sessions.filter(({ status }) => status === "open")).toEqual([]);
  const paid = await paidIntents(world);
  const attempts = await prisma().topUpAttempt.findMany({ where: { orgId } });
  expect(attempts.filter(({ status }) => status === "open")).toEqual([]);
  expect(attempts.filter(({ status }) => status === "paid")).toHaveLength(paid.length);
  for (const { status } of attempts) count(status);
  // Whatever was lost on the way is asked for.
  await reconcilePayments(ctx, { hours: (ctx.now().getTime() - Date.now()) / 3_600_000 + 2 });
  const lots = await prisma().creditLot.findMany({ where: { orgId, sourceKey: { startsWith: "stripe:" } } });
  const granted = new Map(lots.map((lot) => [lot.sourceKey, lot.granted - lot.reversed]));
  const charges = await stripe.list("charges", { customer: buyer.customer });
  const kept = charges
    .filter(({ status }) => status === "succeeded")
    .map(({ payment_intent: intent, amount, amount_refunded: refunded }) => {
      const takenBack = (PACK * BigInt(refunded)) / BigInt(amount);
      return [`stripe:payment_intent:${intent}`, PACK - takenBack] as const;
    });
  expect(granted).toEqual(new Map(kept));
  expect(await findDrift(orgId)).toEqual([]);
}
