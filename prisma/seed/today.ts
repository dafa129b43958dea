import { londonDay } from "@/lib/shared/london-time";
import { microUsd } from "@/lib/shared/money";
import { seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";
import type { PlannedUse } from "./plan-usage";

/** So long before the moment of seeding the demo's day had its calls: none lies in the future, and all have ended. */
const MINUTES_AGO = [395, 290, 214, 133, 71, 38, 14];
const MINUTE_MS = 60_000;
/** All of them are over by then, and their reports are posted in one commit. */
const POSTED_MINUTES_AGO = 8;
const FULL = { mode: "full", level: 0, reason: null, isFallback: false, failOpen: false } as const;

/** Calls of the day itself, up to the moment of seeding: fewer in the morning than in the evening, none in its first minutes. */
export function todaysCalls(org: DemoOrganisation, day: string, moment: Date): PlannedUse[] {
  const random = seededRandom(`${org.slug}:today`);
  return MINUTES_AGO.flatMap((minutes, nth): PlannedUse[] => {
    const startedAt = new Date(moment.getTime() - minutes * MINUTE_MS);
    if (londonDay(startedAt) !== day) return [];
    const { start, ...cost } = answered(org, nth, random);
    const providerRef = `demo-voice-${day}-today-${nth + 1}`;
    const at = new Date(moment.getTime() - POSTED_MINUTES_AGO * MINUTE_MS);
    return [{ channel: "voice", providerRef, ...cost, start: { ...start, startedAt }, at }];
  });
}

type Answered = Pick<PlannedUse, "cost" | "counted"> & {
  readonly start: Omit<PlannedUse["start"], "startedAt">;
};

function answered(org: DemoOrganisation, nth: number, random: (below: number) => number): Answered {
  const voiceCost = (least: number, most: number) => microUsd(BigInt(least + random(most - least)));
  if (org.degradedDays > 0) {
    const reason = org.state === "trial" ? "trial-cap" : "credit-exhaustion";
    return {
      cost: voiceCost(45_000, 85_000),
      start: { ...FULL, mode: "degraded", level: 3, reason, billable: false },
    };
  }
  // A cycle without any use has calls that cost nothing: our own trouble answered, or nobody waited.
  if ("credits" in org.used && org.used.credits === 0) {
    const isFallback = nth % 2 === 0;
    const start = { ...FULL, billable: false, isFallback };
    return { cost: microUsd(isFallback ? 45_000n : 0n), counted: isFallback, start };
  }
  return { cost: voiceCost(80_000, 200_000), start: { ...FULL, billable: org.state !== "demo" } };
}
