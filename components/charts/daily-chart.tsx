"use client";

import { Bar, BarChart, type BarShapeProps, Rectangle, Tooltip, XAxis, YAxis } from "recharts";
import { useFormatDay } from "@/components/ui/use-now";
import { formatCount, formatNumber } from "@/lib/shared/format";
import { GridLines } from "./grid-lines";
import { axisFigures } from "./scale";

export type DailyPoint = {
  readonly day: string;
  readonly credits: number;
  /** The same day of the previous period; null where that was shorter. */
  readonly previous: number | null;
};

const AXIS = { fontSize: 12, fill: "var(--faint)" };
const SPACE_BETWEEN_LABELS = 24;
const WIDEST_BAR = 30;
/** How much of a bar's width the current period's takes, so that the previous one's shows behind it. */
const FRONT = 0.58;

function Hint({ active, payload }: { active?: boolean; payload?: readonly { payload?: DailyPoint }[] }) {
  const day = useFormatDay();
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-md bg-surface px-3 py-2 text-sm shadow-over">
      <p className="text-muted">{day(point.day)}</p>
      <p className="font-medium tabular-nums">{formatCount(point.credits, "credit", "credits")}</p>
      {point.previous !== null && (
        <p className="text-muted tabular-nums">{`${formatNumber(point.previous)} in the previous period`}</p>
      )}
    </div>
  );
}

function FrontBar({ x, width, ...bar }: BarShapeProps) {
  return <Rectangle {...bar} x={x + (width * (1 - FRONT)) / 2} width={width * FRONT} />;
}

type DailyChartProps = {
  readonly days: readonly DailyPoint[];
  /** What it shows, in words. */
  readonly label: string;
};

/**
 * Credits by day, in front of those of the previous period. Loaded after the first paint; the table beside it says the
 * same in words.
 */
export default function DailyChart({ days, label }: DailyChartProps) {
  const day = useFormatDay();
  const figures = axisFigures(
    Math.max(0, ...days.flatMap(({ credits, previous }) => [credits, previous ?? 0])),
  );
  return (
    <div role="img" aria-label={label} className="size-full">
      <BarChart
        responsive
        className="size-full"
        data={[...days]}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="22%"
      >
        <GridLines />
        <XAxis
          dataKey="day"
          tickFormatter={(at: string) => day(at)}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          interval="equidistantPreserveStart"
          minTickGap={SPACE_BETWEEN_LABELS}
          tickMargin={8}
        />
        <YAxis
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          width="auto"
          ticks={figures}
          domain={[0, figures.at(-1) ?? 1]}
        />
        <Tooltip content={<Hint />} cursor={{ fill: "var(--sunken)" }} isAnimationActive={false} />
        {/* An axis of its own lays the previous period's bars under the current ones, not beside them. */}
        <XAxis xAxisId="behind" dataKey="day" hide />
        <Bar
          xAxisId="behind"
          dataKey="previous"
          fill="var(--behind)"
          radius={[3, 3, 0, 0]}
          maxBarSize={WIDEST_BAR}
          isAnimationActive={false}
        />
        <Bar
          dataKey="credits"
          shape={FrontBar}
          fill="var(--accent)"
          radius={[3, 3, 0, 0]}
          maxBarSize={WIDEST_BAR}
          isAnimationActive={false}
        />
      </BarChart>
    </div>
  );
}
