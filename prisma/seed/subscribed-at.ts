import { londonDay, londonMoment } from "@/lib/shared/london-time";
import type { DemoOrganisation } from "./organisations";

/** When a garage subscribed: in the morning of the day on which its running period began, a year before or more. */
export function subscribedAt({ cycleAge }: DemoOrganisation, demoDay: string): Date {
  const begins = londonDay(londonMoment(demoDay, -cycleAge));
  const date = begins.slice(4);
  let year = Number(begins.slice(0, 4)) - 1;
  // Not every year has a 29th of February.
  while (londonDay(londonMoment(`${year}${date}`)) !== `${year}${date}`) year -= 1;
  return londonMoment(`${year}${date}`, 0, 9, 30);
}
