import { londonClock, londonDay, londonMoment, plusDays } from "@/lib/shared/london-time";

/** From its first moment to the last one before `to`. */
export type Span = { readonly from: Date; readonly to: Date };

/** What the summary counts: today and this week, and as much of the same days a week before. */
export type SummarySpans = {
  readonly today: Span;
  readonly week: Span;
  readonly sameDayLastWeek: Span;
  readonly lastWeek: Span;
};

/**
 * London days; a week begins on Monday. The present ones are whole, so that a call which a clock ahead of ours dates a second
 * into the future counts; those before end at this time of day, so that a morning is compared with a morning.
 */
export function summarySpans(now: Date): SummarySpans {
  const today = londonDay(now);
  const { day, minute } = londonClock(now);
  const monday = plusDays(today, -((day + 6) % 7));
  const atThisTime = londonMoment(plusDays(today, -7), 0, Math.floor(minute / 60), minute % 60);
  return {
    today: { from: londonMoment(today), to: londonMoment(today, 1) },
    week: { from: londonMoment(monday), to: londonMoment(monday, 7) },
    sameDayLastWeek: { from: londonMoment(today, -7), to: atThisTime },
    lastWeek: { from: londonMoment(monday, -7), to: atThisTime },
  };
}
