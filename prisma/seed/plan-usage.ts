import { type Channel, priceUsage, type Rates } from "@/lib/credits/core/price-usage";
import type { InteractionStart } from "@/lib/credits/interaction";
import { londonDay, londonMoment } from "@/lib/shared/london-time";
import { credits, divideHalfUp, type MicroUsd, microUsd } from "@/lib/shared/money";
import { seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";

export type PlannedUse = {
  readonly channel: Channel;
  readonly providerRef: string;
  readonly cost: MicroUsd;
  readonly start: InteractionStart;
  /** False for a call that only rang. */
  readonly counted?: boolean;
  /** A message that a story tells: it stands in a conversation of its own. */
  readonly story?: true;
  /** When its report is posted. */
  readonly at: Date;
};

/** Voice comes last, so that the last interaction of all is dear enough to take up what rounding left. */
const CHANNELS: readonly Channel[] = ["diagnostics", "sms", "whatsapp", "voice"];

/** The least and the most an interaction costs before it is scaled to the target, in micro-dollars. */
const COST: Readonly<Record<Channel, readonly [number, number]>> = {
  voice: [80_000, 260_000],
  whatsapp: [4_000, 12_000],
  sms: [3_000, 7_000],
  diagnostics: [15_000, 45_000],
};

/** On which days calls answered slowly: the latency ladder's level of the first one, by days before the demo's. */
const SLOW_DAYS: Readonly<Record<number, 1 | 2>> = { [-3]: 2, [-4]: 1 };

const MINUTE_MS = 60_000;
const STEP = 100n;

/** Full interactions on the days [from, to), and these others, whose sum is exactly `target` at these rates. Same input, same plan. */
export function planUsage(
  org: DemoOrganisation,
  rates: Rates,
  span: { readonly day: string; readonly from: number; readonly to: number },
  target: DemoOrganisation["used"],
  others: readonly PlannedUse[] = [],
): PlannedUse[] {
  const raw = others.filter(({ channel }) => channel !== "voice");
  for (let offset = span.from; offset < span.to; offset += 1) raw.push(...oneDay(org, span.day, offset));
  raw.push(...others.filter(({ channel }) => channel === "voice"));
  return scaled(raw, measureOf(rates, target));
}

/** Reports are posted at noon and in the evening, so that a day's history is two commits and not twenty. */
function oneDay(org: DemoOrganisation, day: string, offset: number): PlannedUse[] {
  const noon = londonMoment(day, offset, 12);
  const slots = [noon, londonMoment(day, offset, 17, 30)];
  const date = londonDay(noon);
  const random = seededRandom(`${org.slug}:${offset}`);
  const plan = CHANNELS.flatMap((channel) => {
    const count = isSunday(date) ? Math.ceil(org.volume[channel] / 2) : org.volume[channel];
    return Array.from({ length: count }, (_, nth): PlannedUse => {
      const at = slots[(nth + random(2)) % slots.length] ?? noon;
      const [least, most] = COST[channel];
      return {
        channel,
        providerRef: `demo-${channel}-${date}-${nth + 1}`,
        cost: microUsd(BigInt(least + random(most - least))),
        start: {
          ...fullStart(org, new Date(at.getTime() - (10 + random(140)) * MINUTE_MS)),
          ...(channel === "voice" && nth === 0 ? { level: SLOW_DAYS[offset] ?? 0 } : {}),
        },
        at,
      };
    });
  });
  return plan.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function fullStart(org: DemoOrganisation, startedAt: Date): InteractionStart {
  return {
    mode: "full",
    level: 0,
    reason: null,
    billable: org.state !== "demo",
    isFallback: false,
    failOpen: false,
    startedAt,
  };
}

type Measure = {
  readonly target: bigint;
  readonly of: (channel: Channel, cost: MicroUsd) => bigint;
  readonly costOf: (channel: Channel, amount: bigint) => MicroUsd;
};

/** Counts in microcredits or, for a trial, in micro-pounds. */
function measureOf(rates: Rates, target: DemoOrganisation["used"]): Measure {
  if ("credits" in target) {
    return {
      target: credits(target.credits),
      of: (channel, cost) => priceUsage(rates, channel, cost).microcredits,
      costOf: (channel, amount) => inverse(amount * 10_000n, rates.microcreditsPerCent[channel]),
    };
  }
  return {
    target: BigInt(target.spendPence) * 10_000n,
    of: (channel, cost) => priceUsage(rates, channel, cost).spend,
    costOf: (_channel, amount) => inverse(amount * 1_000_000n, rates.microGbpPerUsd),
  };
}

const inverse = (amount: bigint, rate: bigint): MicroUsd =>
  microUsd(amount <= 0n || rate === 0n ? 0n : divideHalfUp(amount, rate));

function scaled(raw: readonly PlannedUse[], measure: Measure): PlannedUse[] {
  const whole = raw.reduce((sum, use) => sum + measure.of(use.channel, use.cost), 0n);
  if (whole === 0n || measure.target === 0n) return [];
  let left = measure.target;
  return raw.map((use, index) => {
    const share = (use.cost * measure.target) / whole;
    const cost =
      index === raw.length - 1 ? measure.costOf(use.channel, left) : microUsd(share - (share % STEP));
    left -= measure.of(use.channel, cost);
    return { ...use, cost };
  });
}

function isSunday(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
}
