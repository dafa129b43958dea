import { applySubscription } from "@/lib/billing/apply-subscription";
import { choosePlan } from "@/lib/billing/choose-plan";
import type { PlanChoice } from "@/lib/billing/core/plan-price";
import { receiveStripeEvent } from "@/lib/billing/receive-stripe-event";
import { HANDLED_EVENTS, toEvent } from "@/lib/billing/stripe/events";
import { syncCustomer } from "@/lib/billing/sync-customer";
import { grantCredits } from "@/lib/credits/grant-credits";
import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { sweepCycles } from "@/lib/jobs/sweep-cycles";
import { londonMoment } from "@/lib/shared/london-time";
import { credits } from "@/lib/shared/money";
import type { StoredEvent } from "../sandbox/stripe/objects";
import type { StripeState } from "../sandbox/stripe/state";
import { type Buyer, givenBuyer } from "./buyer";
import { testContext } from "./ledger";
import { localStripe } from "./local-stripe";
import { SubscriptionLog } from "./subscription-log";
import type { ModelGrant } from "./subscription-model";
import { givenPlan } from "./subscriptions";

const PER_BAY = credits(500);
const HOUR_MS = 3_600_000;
const YEARS_AHEAD_MS = 20 * 366 * 24 * HOUR_MS;

/** What Stripe tells us. */
const isHeard = ({ type }: StoredEvent): boolean => (HANDLED_EVENTS as readonly string[]).includes(type);

export type Garage = Buyer & {
  readonly log: SubscriptionLog;
  /** Events that Stripe has made and we have not heard. */
  waiting: StoredEvent[];
  /** Events of Stripe's that the model has not played. */
  unplayed: StoredEvent[];
  /** Something was lost on the way since the last look. */
  missed: boolean;
};

/** Where chance comes from, so that a run can be repeated. */
export type Chance = { readonly upTo: (most: number) => number; readonly in: (times: number) => boolean };

/** A repeatable chance. Source: mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return { upTo, in: (times) => upTo(times - 1) === 0 };
}

const shuffled = <T>(list: readonly T[], chance: Chance): T[] =>
  list
    .map((one) => ({ one, place: chance.upTo(1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);

/**
 * Garages, Stripe and our verbs on one clock that stands still until it is moved. What Stripe tells is heard when the
 * test says so, and what must have come of it is asked of the log.
 */
export async function subscriptionWorld(startsAt: Date) {
  const ctx = testContext(startsAt);
  const local = localStripe(ctx.now);
  const { state, stripe } = local;
  const garages = new Map<string, Garage>();
  /** Organisations by customer, also by those whom Stripe has deleted. */
  const owners = new Map<string, string>();
  let read = 0;
  await givenPlan(ctx);
  // Sweeps do nothing ahead of the database's clock.
  await pool().query("UPDATE clock_offset SET ahead_ms = $1", [YEARS_AHEAD_MS]);

  /** A garage in trial, with credits that it was given and bought. */
  async function join(extra = 1_000): Promise<Garage> {
    const buyer = await givenBuyer(ctx, { state: "trial" });
    const { orgId } = buyer;
    const gift = { orgId, amount: credits(extra), key: `${orgId}:extra` };
    await grantCredits(ctx, { ...gift, kind: "purchased" });
    await grantCredits(ctx, {
      ...gift,
      kind: "gifted",
      key: `${orgId}:gift`,
      expiresAt: new Date("2099-01-01"),
    });
    const garage = {
      ...buyer,
      log: new SubscriptionLog(PER_BAY, ctx.now()),
      waiting: [],
      unplayed: [],
      missed: false,
    };
    garages.set(orgId, garage);
    return garage;
  }

  /** Hands what Stripe has made since to the garages that it is about. */
  async function collect(): Promise<void> {
    local.runDue();
    const all = state.events.list().reverse();
    const fresh = all.slice(read).filter(isHeard);
    read = all.length;
    if (fresh.length === 0) return;
    for (const { customerId, orgId } of await prisma().stripeCustomer.findMany())
      owners.set(customerId, orgId);
    for (const event of fresh) {
      const garage = garages.get(owners.get(customerIn(event, state.paymentIntents)) ?? "");
      garage?.waiting.push(event);
      garage?.unplayed.push(withAllLines(event));
    }
  }

  /** An event carries an invoice's first lines only. */
  function withAllLines(event: StoredEvent): StoredEvent {
    const { object } = event.data;
    const invoice = state.invoices.get(String(Reflect.get(object, "id")));
    return invoice ? { ...event, data: { object: { ...object, lines: invoice.lines } } } : event;
  }

  const world = {
    ctx,
    state,
    stripe,
    garages,
    join,
    /** Time goes on; Stripe does what falls due on the way. */
    travel: async (to: Date): Promise<void> => {
      if (to > ctx.now()) ctx.travel(to);
      await collect();
    },
    collect,
    /** Chooses a plan and pays for it; the events wait. */
    subscribe: async (garage: Garage, choice: PlanChoice, card = "4242424242424242"): Promise<string> => {
      const { url } = await choosePlan(garage.member, garage.orgId, choice);
      const session = state.sessions.list().find((one) => one.url === url);
      if (!session) throw new Error("Upgrade Now led to no session");
      await stripe.pay(session.id, { card });
      await collect();
      return String(state.sessions.get(session.id)?.subscription);
    },
    customerOf: async ({ orgId }: Garage): Promise<string> =>
      (await prisma().stripeCustomer.findUniqueOrThrow({ where: { orgId } })).customerId,
    /** Whose customer it is, or was. */
    ownerOf: (customer: string): string | undefined => owners.get(customer),
    /** One garage hears some or all of what waits: in any order, doubled, at once, some of it never. */
    hear: async (garage: Garage, chance: Chance, how: { loses?: boolean } = {}): Promise<void> => {
      const told = shuffled(garage.waiting, chance).filter(() => !(how.loses && !chance.in(3)));
      garage.missed ||= told.length < garage.waiting.length;
      garage.waiting = [];
      const deliveries = told.flatMap((event) => (chance.in(4) ? [event, event] : [event]));
      const receive = async (event: StoredEvent): Promise<void> => {
        await receiveStripeEvent(ctx, toEvent(structuredClone(event)));
        if (event.type === "customer.deleted")
          await syncCustomer(ctx, customerIn(event, state.paymentIntents));
      };
      if (chance.in(4)) await Promise.all(deliveries.map(receive));
      else for (const event of deliveries) await receive(event);
    },
    /** Looks at every subscription of a garage, as happens once a day, if it missed something. */
    look: async (garage: Garage): Promise<void> => {
      if (!garage.missed) return;
      garage.missed = false;
      const { orgId } = garage;
      const customer = await prisma().stripeCustomer.findUnique({ where: { orgId } });
      const own = state.subscriptions.list().filter((one) => one.customer === customer?.customerId);
      for (const { id } of own.reverse()) await applySubscription(ctx, id);
    },
    sweep: () => sweepCycles(ctx),
    /** What the garage must have been granted by now. */
    expected: (garage: Garage): readonly ModelGrant[] => {
      garage.log.play(garage.unplayed, ctx.now());
      garage.unplayed = [];
      return garage.log.grants;
    },
  };
  return world;
}

export type World = Awaited<ReturnType<typeof subscriptionWorld>>;

/** Whom an event is about; refunds and disputes name the payment only. */
function customerIn(
  { type, data: { object } }: StoredEvent,
  payments: StripeState["paymentIntents"],
): string {
  const text = (field: string): string => String(Reflect.get(object, field) ?? "");
  if (type === "customer.deleted" || type === "customer.updated") return text("id");
  return text("customer") || (payments.get(text("payment_intent"))?.customer ?? "");
}

/** Every monthly grant of a garage, in order, as its key names it. */
export async function grantsOf(orgId: string): Promise<ModelGrant[]> {
  const { rows } = await pool().query<{ key: string; amount: bigint }>(
    `SELECT source_key AS key, granted AS amount FROM credit_lot
     WHERE org_id = $1 AND kind = 'monthly' AND source_key <> 'allowance:trial' ORDER BY id`,
    [orgId],
  );
  return rows.map(({ key, amount }) => {
    const [, anchor = "", period = ""] =
      /^allowance:(.+Z):(\d{4}-\d{2}-\d{2})(?::bays:\d+)?$/.exec(key) ?? [];
    return { amount, anchor, period };
  });
}

/** Purchased and gifted microcredits that are left. */
export async function keptOf(orgId: string): Promise<bigint> {
  const { rows } = await pool().query<{ total: string }>(
    "SELECT coalesce(sum(remaining), 0)::text AS total FROM credit_lot WHERE org_id = $1 AND kind <> 'monthly'",
    [orgId],
  );
  return BigInt(rows[0]?.total ?? 0);
}

/** How many times something was taken back from a garage's credits. */
export async function takenBack(orgId: string): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM ledger_entry WHERE org_id = $1 AND kind = 'reversal'",
    [orgId],
  );
  return rows[0]?.count ?? 0;
}

/** A time of a London day. */
export const londonTime = (day: string, hours: number, minutes = 0): Date =>
  new Date(londonMoment(day).getTime() + hours * HOUR_MS + minutes * 60_000);
