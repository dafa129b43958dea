import { londonDay } from "@/lib/shared/london-time";
import { type DemoOrganisation, degradedDaysOf } from "../organisations";
import { BRIGHTSIDE } from "./brightside";
import { LONG_THREAD } from "./long-thread";
import type { Story } from "./story";
import { TEAM_AT_WORK } from "./team-at-work";
import { CAPPED, weekend } from "./weekend";

/** The conversations that show what the inbox can do: of each garage those that its credits allow. */
export function storiesOf(org: DemoOrganisation, moment: Date): readonly Story[] {
  switch (org.slug) {
    case "brightside":
      return [...BRIGHTSIDE, ...TEAM_AT_WORK, LONG_THREAD];
    case "ironbridge": {
      const day = londonDay(moment);
      return weekend(moment, day, degradedDaysOf(org, day));
    }
    case "harbour":
      return CAPPED;
    default:
      return [];
  }
}
