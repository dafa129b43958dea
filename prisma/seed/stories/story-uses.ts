import { londonDay } from "@/lib/shared/london-time";
import { microUsd } from "@/lib/shared/money";
import type { DemoOrganisation } from "../organisations";
import type { PlannedUse } from "../plan-usage";
import { storiesOf } from "./stories-of";
import { isMetered, type Story, timeOf } from "./story";

/** What the AI's own part in the stories costs, before it is scaled; degraded mode costs nothing. */
const COST = { whatsapp: 8_000n, sms: 5_000n } as const;

export const providerRefOf = ({ slug }: DemoOrganisation, { key, channel }: Story, nth: number): string =>
  `demo-${channel}-story-${slug}-${key}-${nth + 1}`;

/** Each message of the stories that the AI dealt with, or could not for want of credits, is metered like any other. */
export function storyUses(org: DemoOrganisation, moment: Date): PlannedUse[] {
  return postedByDay(usesOf(org, moment));
}

/** Those of a day with the last of them: a day is one commit. */
function postedByDay(uses: readonly PlannedUse[]): PlannedUse[] {
  const lastOf = new Map<string, Date>();
  for (const { at } of uses) {
    const last = lastOf.get(londonDay(at));
    if (!last || at > last) lastOf.set(londonDay(at), at);
  }
  return uses.map((use) => ({ ...use, at: lastOf.get(londonDay(use.at)) ?? use.at }));
}

function usesOf(org: DemoOrganisation, moment: Date): PlannedUse[] {
  const exhausted = org.state === "trial" ? ("trial-cap" as const) : ("credit-exhaustion" as const);
  return storiesOf(org, moment).flatMap((story) =>
    story.lines.flatMap((line, nth): PlannedUse[] => {
      if (!isMetered(line)) return [];
      const at = timeOf(moment, line.ago);
      const degraded = line.as === "degraded";
      return [
        {
          channel: story.channel,
          providerRef: providerRefOf(org, story, nth),
          cost: microUsd(degraded ? 0n : COST[story.channel]),
          start: {
            mode: degraded ? "degraded" : "full",
            level: degraded ? 3 : 0,
            reason: degraded ? exhausted : null,
            billable: !degraded,
            isFallback: false,
            failOpen: false,
            startedAt: at,
          },
          story: true,
          at,
        },
      ];
    }),
  );
}
