import { isAppError } from "@/lib/shared/errors";
import { londonDay, plusDays } from "@/lib/shared/london-time";
import { nextMoment } from "../sandbox/stripe/billing/run-due";
import { accountOf } from "./subscribing";
import { type Chance, chanceOf, type Garage, londonTime, type World } from "./subscription-world";

/** What happens to a garage's subscriptions, one thing after the other. */
export type Step =
  | { do: "subscribe"; bays: number; yearly: boolean }
  /** By hand at Stripe, while another one lives. */
  | { do: "subscribe beside"; bays: number; yearly: boolean }
  | { do: "bays"; count: number; prorate: "create_prorations" | "always_invoice" }
  | { do: "end on a day"; days: number; hours: number }
  | { do: "switch" | "cancel" | "resume" | "end now" | "refuse card" | "accept card" | "pay" }
  | { do: "refund" | "dispute" | "void" | "delete customer" }
  | { do: "wait"; days: number }
  | { do: "wait for the boundary"; hours: number }
  | { do: "hear"; loses: boolean };

export type Play = {
  readonly world: World;
  readonly garage: Garage;
  readonly chance: Chance;
  /** It began or its bays have changed, and we may not have heard of it. */
  raised: boolean;
};

/** What Stripe would refuse in this state changes nothing. */
const unlessRefused = (act: Promise<unknown>): Promise<boolean> =>
  act.then(
    () => true,
    (error: Error) => {
      if (!/^(POST|DELETE) \/control\/stripe\//.test(error.message)) throw error;
      return false;
    },
  );

/** A step, and a moment after it: no two things happen to a garage within one second. True where it took effect. */
export async function perform(play: Play, now: Step): Promise<boolean> {
  const { world } = play;
  const hadSeveral = hasSeveral(play);
  const took = await act(play, now);
  await world.travel(new Date(world.ctx.now().getTime() + 2_000));
  if (hadSeveral || hasSeveral(play)) await catchUp(play);
  return took;
}

/** The subscriptions of a garage that have not ended, oldest first. */
function living({ world, garage }: Play): string[] {
  const all = world.state.subscriptions.list().reverse();
  return all
    .filter(
      ({ customer, status }) =>
        world.ownerOf(customer) === garage.orgId && !["canceled", "incomplete_expired"].includes(status),
    )
    .map(({ id }) => id);
}

/** Which of two counts, and with how many bays, is known only to who hears of each change before the next. */
const hasSeveral = (play: Play): boolean => living(play).length > 1;

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
      const own = living(play);
      const id = own[play.chance.upTo(own.length - 1)];
      if (now.do === "end now" || now.do === "delete customer" || now.do === "subscribe beside")
        await catchUp(play);
      if (now.do === "bays" || now.do === "subscribe beside") play.raised = true;
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
  try {
    await world.subscribe(garage, { bays: count, interval: yearly ? "year" : "month" });
  } catch (error) {
    // What we have not heard of is found at Stripe.
    if (isAppError(error) && error.code === "conflict") return false;
    throw error;
  }
  play.raised = true;
  return true;
}

type AtStripe = Exclude<Step, { do: "subscribe" | "wait" | "wait for the boundary" | "hear" }>;

async function atStripe(play: Play, id: string, now: AtStripe): Promise<void> {
  const { world } = play;
  const { stripe, state } = world;
  const subscription = state.subscriptions.get(id);
  const [item] = subscription?.items.data ?? [];
  const customer = String(subscription?.customer);
  const latest = (status: "open" | "paid") =>
    String(state.invoices.list().find((one) => one.customer === customer && one.status === status)?.id);
  switch (now.do) {
    case "subscribe beside": {
      if (hasSeveral(play)) throw new Error("POST /control/stripe/: two are enough");
      const price = now.yearly ? "price_bay_yearly" : "price_bay_monthly";
      await stripe.subscribe({ customer, price, quantity: now.bays, card: "pm_card_visa" });
      return;
    }
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
      await stripe.moveInvoice(latest("open"), { status: now.do === "pay" ? "paid" : "void" });
      return;
    case "refund":
      await stripe.refund({ invoice: latest("paid") });
      return;
    case "dispute":
      await stripe.dispute({ invoice: latest("paid") });
      return;
    case "delete customer":
      await stripe.deleteCustomer(customer);
      return;
    default:
      now satisfies never;
  }
}

/** Everything that has happened is known; what is lost of it is found by the daily look. */
export async function catchUp(play: Play): Promise<void> {
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
    const isNext = moment <= Math.min(until, Number(boundary));
    // What a subscription had until it ended or was unpaid is lost on it if nobody heard of that before.
    if (play.raised && isNext) {
      await world.travel(new Date(moment - 1_000));
      await catchUp(play);
      continue;
    }
    if (hasSeveral(play) && isNext) {
      await world.travel(new Date(moment + 1_000));
      await catchUp(play);
      continue;
    }
    if (boundary === undefined || boundary.getTime() > until) break;
    await world.travel(new Date(boundary.getTime() - 75 * 60_000));
    await catchUp(play);
    await world.sweep();
    await world.travel(new Date(boundary.getTime() + 5 * 60_000));
    const invoiced = boundary.getTime() + 21 * 3_600_000;
    if (!hasSeveral(play) && chance.in(3) && invoiced < until) await world.travel(new Date(invoiced));
    await Promise.all([
      world.sweep(),
      chance.in(2) ? world.hear(garage, chance, { loses: true }) : undefined,
    ]);
    await world.sweep();
  }
  await world.travel(new Date(until));
  return true;
}
