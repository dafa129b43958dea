"use client";

import { usePlotArea, useYAxisTicks } from "recharts";

/** A line across the chart at each figure of its axis. Recharts' own grid does more, and weighs 2 kB. */
export function GridLines() {
  const area = usePlotArea();
  const ticks = useYAxisTicks() ?? [];
  if (!area) return null;
  return ticks.map(({ coordinate }) => (
    <line
      key={coordinate}
      x1={area.x}
      x2={area.x + area.width}
      y1={coordinate}
      y2={coordinate}
      stroke="var(--line)"
    />
  ));
}
