import { type Ctx, requireMember } from "@/lib/auth/context";
import { summarySpans } from "./core/summary-spans";
import { type CallFigures, readSummary } from "./store/summary";

export type FiguresDto = Omit<CallFigures, "seconds"> & { readonly minutes: number };

/** How calls were answered today and this week (London days, from Monday), and who waits to be rung back. */
export type VoiceSummaryDto = {
  readonly today: FiguresDto;
  readonly week: FiguresDto;
  /** A week before, up to the same time of day. */
  readonly sameDayLastWeek: FiguresDto;
  readonly lastWeek: FiguresDto;
  /** This week's calls by the hour at which they rang, 0 to 23. */
  readonly hours: readonly number[];
  readonly callBacks: { readonly waiting: number; readonly longestSince: string | null };
};

/**
 * What the call log holds of today and this week, counted: test calls and a demo's too, as they stand there. Needs
 * `voice.calls.view`; says nothing of credits.
 */
export async function getSummary(ctx: Ctx, orgId: string): Promise<VoiceSummaryDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const { hours, waiting, waitingSince, ...figures } = await readSummary(orgId, summarySpans(ctx.now()));
  const calls = new Map(hours.map((one) => [one.hour, one.calls]));
  return {
    today: toFigures(figures.today),
    week: toFigures(figures.week),
    sameDayLastWeek: toFigures(figures.sameDayLastWeek),
    lastWeek: toFigures(figures.lastWeek),
    hours: Array.from({ length: 24 }, (_, hour) => calls.get(hour) ?? 0),
    callBacks: { waiting, longestSince: waitingSince },
  };
}

const toFigures = ({ seconds, ...figures }: CallFigures): FiguresDto => ({
  ...figures,
  minutes: Math.round(seconds / 60),
});
