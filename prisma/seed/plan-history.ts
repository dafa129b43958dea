import { anchorOn, billingPeriod } from "@/lib/credits/core/billing-cycle";
import type { Rates } from "@/lib/credits/core/price-usage";
import { daysBetween, londonDay, londonDayOfMonth, londonMoment } from "@/lib/shared/london-time";
import { microUsd } from "@/lib/shared/money";
import { filedQuestionUses } from "./filed-question";
import { seededRandom } from "./names";
import { type DemoGrant, type DemoOrganisation, degradedDaysOf } from "./organisations";
import { type PlannedUse, planUsage } from "./plan-usage";
import { storyUses } from "./stories/story-uses";
import { subscribedAt } from "./subscribed-at";
import { todaysCalls } from "./today";

/** One posting of a garage's past, at its own moment. */
export type HistoryStep = { readonly at: Date } & (
  | { readonly kind: "open"; readonly anchorAt: Date }
  | { readonly kind: "renew" }
  | { readonly kind: "grant"; readonly grant: DemoGrant }
  | { readonly kind: "refund"; readonly grant: Extract<DemoGrant, { kind: "purchased" }> }
  | { readonly kind: "freeze"; readonly reason: string }
  | { readonly kind: "lapse"; readonly reason: string }
  | { readonly kind: "use"; readonly use: PlannedUse }
);

const MINUTE_MS = 60_000;

/**
 * A garage's past up to a London day, oldest first. The running cycle began `cycleAge` days ago at London midnight; usage
 * ends the day before, and with a `moment` of that day up to it: nothing lies in the future whenever the demo is started.
 */
export function planHistory(org: DemoOrganisation, day: string, rates: Rates, moment?: Date): HistoryStep[] {
  const recent = moment
    ? [...todaysCalls(org, day, moment), ...storyUses(org, moment), ...filedQuestionUses(org, moment)]
    : [];
  const isInFull = ({ start, counted }: PlannedUse) =>
    start.mode === "full" && !start.isFallback && counted !== false;
  const begins = londonMoment(day, -org.cycleAge);
  const steps: HistoryStep[] = [];
  if (org.usedBefore === undefined) steps.push({ kind: "open", at: begins, anchorAt: begins });
  else {
    const before = billingPeriod(new Date(begins.getTime() - 1), begins);
    const anchorAt = org.subscribed
      ? subscribedAt(org, day)
      : anchorOn(londonDayOfMonth(begins), before.startsAt);
    const from = -org.cycleAge - daysBetween(before.key, londonDay(begins));
    steps.push({ kind: "open", at: before.startsAt, anchorAt }, { kind: "renew", at: begins });
    steps.push(...uses(planUsage(org, rates, { day, from, to: -org.cycleAge }, { credits: org.usedBefore })));
  }
  const degradedDays = degradedDaysOf(org, day);
  const full = { day, from: -org.cycleAge, to: -degradedDays };
  steps.push(...uses(planUsage(org, rates, full, org.used, recent.filter(isInFull))));
  steps.push(...uses(recent.filter((use) => !isInFull(use))));
  for (let offset = -degradedDays; offset < 0; offset += 1)
    steps.push(...uses(degradedDay(org, day, offset)));
  if (org.subscribed && !org.frozen) steps.push(...uses(oddCalls(org, day)));
  for (const grant of org.grants) {
    steps.push({ kind: "grant", at: londonMoment(day, -grant.daysAgo, 9, 20), grant });
    if (grant.kind === "purchased" && grant.refundedDaysAgo !== undefined)
      steps.push({ kind: "refund", at: londonMoment(day, -grant.refundedDaysAgo, 11, 5), grant });
  }
  if (org.frozen) {
    steps.push({ kind: "freeze", at: londonMoment(day, -org.frozen.daysAgo, 8), reason: org.frozen.reason });
  }
  if (org.lapsed)
    steps.push({ kind: "lapse", at: londonMoment(day, -org.lapsed.daysAgo, 1), reason: org.lapsed.reason });
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime());
}

const uses = (planned: readonly PlannedUse[]): HistoryStep[] =>
  planned.map((use) => ({ kind: "use", at: use.at, use }));

const DEGRADED = ["voice", "voice", "whatsapp", "whatsapp", "sms", "voice", "voice"] as const;

/**
 * A day without credits: the message-taker costs us a little, canned replies nothing, and nobody pays for either. Posted
 * with the evening's reports, so that it is one commit.
 */
function degradedDay(org: DemoOrganisation, day: string, offset: number): PlannedUse[] {
  const date = londonDay(londonMoment(day, offset, 12));
  const random = seededRandom(`${org.slug}:degraded:${offset}`);
  return DEGRADED.map((channel, nth) => {
    const overAt = londonMoment(day, offset, 10 + nth, 40);
    return {
      channel,
      providerRef: `demo-${channel}-${date}-degraded-${nth + 1}`,
      cost: microUsd(channel === "voice" ? BigInt(45_000 + random(400) * 100) : 0n),
      start: {
        mode: "degraded",
        level: 3,
        reason: org.state === "trial" ? "trial-cap" : "credit-exhaustion",
        billable: false,
        isFallback: false,
        failOpen: false,
        startedAt: new Date(overAt.getTime() - (3 + random(20)) * MINUTE_MS),
      },
      at: londonMoment(day, offset, 17, 30),
    };
  });
}

/** The evening before: a call that our own trouble answered, and one that only rang. Neither costs credits. */
function oddCalls(org: DemoOrganisation, day: string): PlannedUse[] {
  const full = { mode: "full", level: 0, reason: null, billable: false, failOpen: false } as const;
  const degraded = { ...full, mode: "degraded", level: 3, reason: "credit-exhaustion" } as const;
  const call = (name: string, hour: number, start: typeof full | typeof degraded): PlannedUse => ({
    channel: "voice",
    providerRef: `demo-voice-${londonDay(londonMoment(day, -1, 12))}-${name}`,
    cost: microUsd(name === "fallback" ? 45_000n : 0n),
    counted: name === "fallback",
    start: { ...start, isFallback: name === "fallback", startedAt: londonMoment(day, -1, hour, 20) },
    at: londonMoment(day, -1, hour, 25),
  });
  return [call("fallback", 18, full), call("missed", 19, org.degradedDays > 0 ? degraded : full)];
}
