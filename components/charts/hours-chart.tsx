"use client";

import { Bar, BarChart, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount } from "@/lib/shared/format";
import { GridLines } from "./grid-lines";
import { axisFigures } from "./scale";

export type HourPoint = { readonly hour: string; readonly calls: number };

const AXIS = { fontSize: 11, fill: "var(--faint)" };

function Hint({ active, payload }: { active?: boolean; payload?: readonly { payload?: HourPoint }[] }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-md bg-surface px-3 py-2 text-sm shadow-over">
      <p className="text-muted">{`From ${point.hour}`}</p>
      <p className="font-medium tabular-nums">{formatCount(point.calls, "call", "calls")}</p>
    </div>
  );
}

type HoursChartProps = {
  readonly hours: readonly HourPoint[];
  /** What it shows, in words. */
  readonly label: string;
};

/** Calls by the hour. Loaded after the first paint; the table beside it says the same in words. */
export default function HoursChart({ hours, label }: HoursChartProps) {
  const figures = axisFigures(Math.max(0, ...hours.map(({ calls }) => calls)));
  return (
    <div role="img" aria-label={label} className="size-full">
      <BarChart
        responsive
        className="size-full"
        data={[...hours]}
        margin={{ top: 6, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="18%"
      >
        <GridLines />
        <XAxis
          dataKey="hour"
          tickFormatter={(hour: string) => hour.slice(0, 2)}
          tick={AXIS}
          tickLine={false}
          axisLine={false}
          interval="equidistantPreserveStart"
          tickMargin={6}
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
        <Bar dataKey="calls" fill="var(--accent)" radius={[2, 2, 0, 0]} isAnimationActive={false} />
      </BarChart>
    </div>
  );
}
