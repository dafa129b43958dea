"use client";

import { clsx } from "clsx";
import TrendingUp from "lucide-react/icons/trending-up";
import { EmptyState } from "@/components/ui/empty-state";
import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormatDay } from "@/components/ui/use-now";
import { type TrendDto, trendQuery } from "@/lib/credits/client";
import { formatNumber } from "@/lib/shared/format";
import { Block, BlockSkeleton } from "./block";

const FRAME = { id: "trend", title: "Credit Trend Chart", icon: <TrendingUp aria-hidden /> };

const DailyChart = onDemand(() => import("@/components/charts/daily-chart"), {
  loading: () => <Skeleton className="size-full" />,
  missing: partMissing("The chart could not be loaded", "The table below has its figures."),
});

/** "+12%", "−8%", "0%", and "–" where there is nothing to compare with. */
function changeText(percent: number | null): string {
  if (percent === null) return "–";
  return `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${formatNumber(Math.abs(percent))}%`;
}

/** Daily consumption of this cycle, against the same days of the last one. */
export function TrendCard() {
  return (
    <Block
      frame={FRAME}
      query={trendQuery()}
      errorTitle="Your usage trend could not be loaded"
      skeleton={<Placeholder />}
      description={() => "Credits used each day of this cycle, against the same days of the last"}
    >
      {(trend) => <Trend {...trend} />}
    </Block>
  );
}

function Trend({ days, currentTotal, previousTotal, changePercent }: TrendDto) {
  return (
    <>
      <dl className="flex justify-between gap-x-3 sm:justify-start sm:gap-x-12">
        <Figure label="Current period" value={formatNumber(currentTotal)} swatch="bg-accent" />
        <Figure label="Previous period" value={formatNumber(previousTotal)} swatch="bg-[var(--behind)]" />
        <Figure label="Change" value={changeText(changePercent)} />
      </dl>
      {days.some(({ credits, previous }) => credits > 0 || (previous ?? 0) > 0) ? (
        <>
          <div className="mt-5 h-48">
            <DailyChart
              days={days}
              label={`Credits used each day of this cycle, ${formatNumber(currentTotal)} in all, against ${formatNumber(previousTotal)} in the previous period. The table below has the figures.`}
            />
          </div>
          <DailyTable days={days} />
        </>
      ) : (
        <EmptyState title="No credits used yet this cycle">
          Calls, messages and questions show here on the day they are used.
        </EmptyState>
      )}
    </>
  );
}

type FigureProps = { readonly label: string; readonly value: string; readonly swatch?: string };

/** A figure; `swatch` is the colour of its bars in the chart below. */
function Figure({ label, value, swatch }: FigureProps) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-muted text-sm">
        {swatch && <span aria-hidden className={clsx("size-2 shrink-0 rounded-[2px]", swatch)} />}
        <span>{label}</span>
      </dt>
      <dd className="mt-0.5 font-medium text-lg tabular-nums">{value}</dd>
    </div>
  );
}

function DailyTable({ days }: Pick<TrendDto, "days">) {
  const dayOf = useFormatDay();
  return (
    <details className="group mt-3">
      <summary className="w-fit cursor-pointer select-none rounded-sm text-muted text-sm hover:text-ink">
        Show as a table
      </summary>
      <div className="relative mt-3 max-h-64 overflow-y-auto rounded-md border" tabIndex={-1}>
        <table className="w-full text-sm">
          <caption className="sr-only">Credits used each day of this cycle</caption>
          <thead className="sticky top-0 bg-sunken text-muted">
            <tr>
              <th scope="col" className="px-3 py-1.5 text-left font-medium">
                Day
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Credits
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Previous period
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {days.map(({ day, credits, previous }) => (
              <tr key={day}>
                <th scope="row" className="px-3 py-1.5 text-left font-normal">
                  {dayOf(day)}
                </th>
                <td className="px-3 py-1.5 text-right tabular-nums">{formatNumber(credits)}</td>
                <td className="px-3 py-1.5 text-right text-muted tabular-nums">
                  {previous === null ? "–" : formatNumber(previous)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Placeholder() {
  return (
    <div className="grid gap-5">
      <Skeleton className="h-11 w-72 max-w-full" />
      <Skeleton className="h-48" />
    </div>
  );
}

export function TrendSkeleton() {
  return (
    <BlockSkeleton frame={FRAME}>
      <Placeholder />
    </BlockSkeleton>
  );
}
