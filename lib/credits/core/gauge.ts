export type GaugeStatus = "healthy" | "moderate" | "low" | "very_low" | "exhausted";

export const STATUS_TEXT: Record<GaugeStatus, string> = {
  healthy: "Credits healthy",
  moderate: "Credits in good shape",
  low: "Credits running low",
  very_low: "Credits very low",
  exhausted: "No credits remaining",
};

/** What an account's full mark is read from, in microcredits. */
export type GrantedFacts = {
  /** The sum of the running period's monthly grants. */
  readonly periodGranted: bigint;
  /** The balance right after the last grant. */
  readonly grantPeak: bigint;
};

/** The gauge's full mark: what the period was granted, or the balance right after the last grant where that is nothing. */
export function gaugeMaximum({ periodGranted, grantPeak }: GrantedFacts): bigint {
  return periodGranted > 0n ? periodGranted : grantPeak;
}

/** Exact microcredits: 75, 50 and 20% of the maximum belong to the better state. */
export function gaugeStatus(balance: bigint, maximum: bigint): GaugeStatus {
  if (balance <= 0n) return "exhausted";
  if (balance * 4n >= maximum * 3n) return "healthy";
  if (balance * 2n >= maximum) return "moderate";
  return balance * 5n >= maximum ? "low" : "very_low";
}

/** Whole percent, rounded down; passes 100 where purchased or gifted credits lift the balance over the allowance. */
export function gaugePercent(balance: bigint, maximum: bigint): number {
  if (balance <= 0n) return 0;
  return maximum <= 0n ? 100 : Number((balance * 100n) / maximum);
}
