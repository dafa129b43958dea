/** The value below which `share` (0 to 1) of the values lie, by nearest rank. NaN for none. */
export function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** The middle value; between the two middle ones where their number is even. NaN for none. */
function median(values: Iterable<number>): number {
  const all = [...values];
  return (percentile(all, 0.5) + percentile(all, 0.5 + Number.EPSILON)) / 2;
}

export type Spread = { readonly median: number; readonly lowest: number; readonly highest: number };

export function spread(values: readonly number[]): Spread {
  return { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) };
}

/** Round by round, because only neighbours in time can be compared on a shared machine. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): number[] {
  return numerators
    .slice(0, denominators.length)
    .map((value, round) => value / (denominators[round] ?? Number.NaN));
}
