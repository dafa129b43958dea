import { londonClock, londonDay, londonMoment } from "@/lib/shared/london-time";

export type SnoozeTime = { readonly label: string; readonly until: Date };

const LATER_MS = 3 * 3_600_000;
const QUARTER_MS = 15 * 60_000;
/** Later than that today nobody is there. */
const LAST_HOUR = 20;
const OPENING_HOUR = 9;
const DAYS_TO_MONDAY = [1, 7, 6, 5, 4, 3, 2];

/** Until when a conversation can be set aside, in London's time: the clock there also when it changes in between. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const today = londonDay(now);
  const later = new Date(Math.ceil((now.getTime() + LATER_MS) / QUARTER_MS) * QUARTER_MS);
  const toMonday = DAYS_TO_MONDAY[londonClock(now).day] ?? 7;
  const isToday = londonDay(later) === today && londonClock(later).minute <= LAST_HOUR * 60;
  return [
    ...(isToday ? [{ label: "Later today", until: later }] : []),
    { label: "Tomorrow", until: londonMoment(today, 1, OPENING_HOUR) },
    ...(toMonday === 1 ? [] : [{ label: "Next Monday", until: londonMoment(today, toMonday, OPENING_HOUR) }]),
  ];
}
