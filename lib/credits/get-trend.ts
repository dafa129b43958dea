import { type Ctx, requireMember } from "@/lib/auth/context";
import { daysBetween, londonDay, plusDays } from "@/lib/shared/london-time";
import { wholeUsage, wholeUsageParts } from "@/lib/shared/money";
import { billingPeriod } from "./core/billing-cycle";
import { changePercent } from "./core/forecast";
import { refuseWithoutDashboard } from "./dashboard-access";
import { readAccount } from "./store/account";
import { usageByDay } from "./store/usage";

export type TrendDto = {
  /** This cycle to date, today included. `previous`: the same day of the last cycle; null where that was shorter. */
  readonly days: readonly {
    readonly day: string;
    readonly credits: number;
    readonly previous: number | null;
  }[];
  readonly currentTotal: number;
  /** The same number of days of the last cycle. */
  readonly previousTotal: number;
  /** Whole percent; null where the last cycle used nothing. */
  readonly changePercent: number | null;
};

/** Daily consumption of this cycle against the last one. Needs `billing.credits.view`; not for trials. */
export async function getTrend(ctx: Ctx, orgId: string): Promise<TrendDto> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  const account = await readAccount(orgId);
  refuseWithoutDashboard(account.state, "whole");
  const now = ctx.now();
  const { key: start, startsAt } = billingPeriod(now, account.anchorAt);
  const tomorrow = plusDays(londonDay(now), 1);
  const { key: lastStart } = billingPeriod(new Date(startsAt.getTime() - 1), account.anchorAt);
  const lastEnd = [plusDays(lastStart, daysBetween(start, tomorrow)), start].sort()[0] ?? start;
  const days = await usageByDay(orgId, lastStart, tomorrow);
  const total = (from: string, to: string) =>
    days
      .filter(({ day }) => day >= from && day < to)
      .reduce((sum, { microcredits }) => sum + microcredits, 0n);
  const current = total(start, tomorrow);
  const previous = total(lastStart, lastEnd);
  const inCycle = days.filter(({ day }) => day >= start);
  const before = days.filter(({ day }) => day < lastEnd);
  const credits = wholeUsageParts(inCycle.map((day) => day.microcredits));
  const previousCredits = wholeUsageParts(before.map((day) => day.microcredits));
  return {
    days: inCycle.map(({ day }, index) => ({
      day,
      credits: credits[index] ?? 0,
      previous: previousCredits[index] ?? null,
    })),
    currentTotal: wholeUsage(current),
    previousTotal: wholeUsage(previous),
    changePercent: changePercent(current, previous),
  };
}
