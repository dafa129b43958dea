import type { Counter } from "prom-client";

/** What a counter has counted in this process, over every series with these labels. */
export async function counted<Label extends string>(
  counter: Counter<Label>,
  labels: Partial<Record<Label, string>> = {},
): Promise<number> {
  const { values } = await counter.get();
  const wanted = Object.entries(labels) as [Label, string][];
  return values
    .filter((series) => wanted.every(([label, value]) => series.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
