import { londonDay, londonMoment, plusDays } from "@/lib/shared/london-time";

/** The last London midnight, up to a moment, of a day of the month (1 to 31): where a subscription's periods are anchored. */
export function anchorOn(dayOfMonth: number, moment: Date): Date {
  let day = londonDay(moment);
  while (Number(day.slice(-2)) !== dayOfMonth) day = plusDays(day, -1);
  return londonMoment(day);
}
