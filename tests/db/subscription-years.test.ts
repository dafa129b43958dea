import { afterAll, expect, it } from "vitest";
import { findDrift } from "@/lib/credits/store/reconcile";
import { closePool } from "@/lib/db/pool";
import { londonDay, plusDays } from "@/lib/shared/london-time";
import { credits } from "@/lib/shared/money";
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
import { LOOKS_LONGER, patience, runs } from "../support/effort";

afterAll(closePool);

// A month for everybody to begin in, then both changes of the clocks and the February of a leap year.
const FIRST = "2027-08-01";
const MONTHS = 13;
const LAST = "2028-09-02";
/** The usual run has the ends of months, which are the difficult ones, and two days between. */
const ANCHORS = LOOKS_LONGER ? Array.from({ length: 31 }, (_, index) => index + 1) : [1, 15, 28, 29, 30, 31];

type Player = Garage & {
  readonly startsOn: string;
  /** Minutes after London's midnight. */
  readonly minute: number;
  readonly bays: number;
  readonly interval: "month" | "year";
  subscription?: string;
  declined?: string;
};

/** Not within the hour before or after a London midnight, at whatever time of the year: what happens there is a race. */
const startMinute = (chance: Chance): number =>
  chance.in(6) ? 60 + chance.upTo(20) : 180 + chance.upTo(900);

async function givenPlayers(world: World, chance: Chance, turn: number): Promise<Player[]> {
  const players: Player[] = [];
  for (const day of ANCHORS)
    players.push(
      Object.assign(await world.join(), {
        startsOn: plusDays(FIRST, day - 1),
        minute: startMinute(chance),
        bays: 1 + chance.upTo(7),
        interval: (day + turn) % 2 === 0 ? ("month" as const) : ("year" as const),
      }),
    );
  return players;
}

async function cardOf(world: World, player: Player): Promise<string> {
  const customer = await world.customerOf(player);
  const [card] = await world.stripe.list("paymentMethods", { customer });
  return String(card?.id);
}

/** A card that is refused from now on; or one that works again, with what is open paid at once or by Stripe's next try. */
async function troubleWithCard(world: World, player: Player, chance: Chance): Promise<void> {
  const { stripe } = world;
  const card = await cardOf(world, player);
  if (player.declined === undefined) {
    await stripe.declineCard(card, "insufficient_funds");
    player.declined = card;
    return;
  }
  await stripe.declineCard(card, null);
  delete player.declined;
  if (chance.in(2)) return;
  const customer = await world.customerOf(player);
  for (const invoice of await stripe.list("invoices", { status: "open", customer }))
    await stripe.moveInvoice(invoice.id, { status: "paid" });
}

const isBoundaryOf = ({ log, startsOn }: Player, day: string): boolean =>
  startsOn < day && log.startsPeriodOn(day);

async function playDay(world: World, players: readonly Player[], day: string, chance: Chance): Promise<void> {
  const onTime = !chance.in(3);
  await world.travel(londonTime(day, 0, 5));
  if (onTime) await world.sweep();
  for (const minute of [...starts(players, day), 12 * 60 + chance.upTo(60)]) {
    await world.travel(londonTime(day, 0, minute));
    for (const player of players.filter((one) => one.startsOn === day && one.minute === minute))
      player.subscription = await world.subscribe(player, player);
  }
  if (onTime) for (const player of players) await trouble(world, player, chance);
  await world.travel(londonTime(day, 21, 50));
  // The scheduler comes late, and races the payment of the invoice.
  const hearing = players.filter(({ waiting }) => waiting.length > 0 && chance.in(2));
  const hears = Promise.all(hearing.map((player) => world.hear(player, chance, { loses: chance.in(2) })));
  await Promise.all([hears, onTime ? undefined : world.sweep()]);
  // Whatever was lost is found by the daily look, before another period begins.
  for (const player of players.filter((one) => isBoundaryOf(one, plusDays(day, 1)))) {
    await world.hear(player, chance, { loses: true });
    await world.look(player);
  }
  await world.sweep();
}

const starts = (players: readonly Player[], day: string): number[] =>
  players.filter(({ startsOn }) => startsOn === day).map(({ minute }) => minute);

async function trouble(world: World, player: Player, chance: Chance): Promise<void> {
  if (player.subscription === undefined) return;
  const isLong = player.declined !== undefined && chance.in(9);
  if (isLong || (player.declined === undefined && chance.in(70)))
    await troubleWithCard(world, player, chance);
}

it(
  `each anchor day brings one allowance for each period that was paid for or found the garage active, for ${MONTHS} months`,
  async () => {
    let granted = 0;
    let unpaid = 0;
    for (let turn = 0; turn < runs(1); turn++) {
      const chance = chanceOf(turn + 1);
      const world = await subscriptionWorld(londonTime(FIRST, 0));
      const players = await givenPlayers(world, chance, turn);
      for (let day = FIRST; day <= LAST; day = plusDays(day, 1)) {
        await playDay(world, players, day, chance);
        for (const player of players.filter(({ unplayed }) => unplayed.length > 0)) world.expected(player);
      }
      for (const player of players) {
        const expected = world.expected(player);
        const told = { anchor: player.startsOn, interval: player.interval, turn };
        expect({ ...told, grants: await grantsOf(player.orgId) }).toEqual({ ...told, grants: expected });
        expect(new Set(expected.map(({ period }) => period)).size).toBe(expected.length);
        expect(await keptOf(player.orgId)).toBe(credits(2_000));
        expect(await findDrift(player.orgId)).toEqual([]);
        expect(londonDay(new Date(String(expected[0]?.anchor)))).toBe(player.startsOn);
        granted += expected.length;
        unpaid += MONTHS - expected.length;
      }
    }
    // Most periods are granted, and some are not: else nothing was shown.
    expect(granted).toBeGreaterThan(runs(1) * ANCHORS.length * 9);
    expect(unpaid).toBeGreaterThan((runs(1) * ANCHORS.length) / 6);
  },
  patience(240_000),
);
