const DAYS_LOOKED_AT = 14;
const MIN_DAYS_WITH_USAGE = 3;

export const TOO_THIN = "Not enough usage data for an estimate";

/**
 * How long a balance lasts at the mean of the last 14 complete days (divided by 14, whatever the gaps): whole days,
 * rounded down, at least 1. Undefined at a balance of 0, when there is nothing to say.
 */
export function estimateText(balance: bigint, dailyUsage: readonly bigint[]): string | null {
  if (balance <= 0n) return null;
  const days = dailyUsage.slice(-DAYS_LOOKED_AT);
  const used = days.reduce((sum, day) => sum + day, 0n);
  if (days.filter((day) => day > 0n).length < MIN_DAYS_WITH_USAGE || used === 0n) return TOO_THIN;
  const left = (balance * BigInt(DAYS_LOOKED_AT)) / used;
  const whole = left < 1n ? 1n : left;
  return `Based on your usage, these credits should last approximately ${whole.toLocaleString("en-GB")} ${whole === 1n ? "day" : "days"}.`;
}

/** Change against the last cycle's same days, whole percent rounded half away from zero; null where that was 0. */
export function changePercent(current: bigint, previous: bigint): number | null {
  if (previous <= 0n) return null;
  const twice = ((current - previous) * 200n) / previous;
  return Number(twice >= 0n ? (twice + 1n) / 2n : (twice - 1n) / 2n);
}
