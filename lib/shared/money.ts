import { formatPence } from "./format";

declare const unit: unique symbol;
type Unit<Name extends string> = bigint & { readonly [unit]: Name };

/** 1 credit = 1 000 000 microcredits. */
export type Microcredits = Unit<"microcredits">;
/** What a provider charges us: 1 US dollar = 1 000 000. */
export type MicroUsd = Unit<"micro-usd">;
/** What a trial has spent: 1 pound = 1 000 000. */
export type MicroGbp = Unit<"micro-gbp">;

const MICROCREDITS_PER_CREDIT = 1_000_000n;

export const microcredits = (value: bigint): Microcredits => value as Microcredits;
export const microUsd = (value: bigint): MicroUsd => value as MicroUsd;
export const microGbp = (value: bigint): MicroGbp => value as MicroGbp;

/** Whole credits as an exact amount. */
export const credits = (whole: number | bigint): Microcredits =>
  microcredits(BigInt(whole) * MICROCREDITS_PER_CREDIT);

/** Balances are shown rounded down, and never below zero. */
export const wholeBalance = (amount: bigint): number =>
  amount <= 0n ? 0 : Number(amount / MICROCREDITS_PER_CREDIT);

/** Usage is shown rounded half up. */
export const wholeUsage = (amount: bigint): number => Number(divideHalfUp(amount, MICROCREDITS_PER_CREDIT));

/**
 * The parts of a usage in whole credits, by largest remainder, so that they add up to what their sum is shown as. None
 * of them may be negative.
 */
export function wholeUsageParts(parts: readonly bigint[]): number[] {
  const total = wholeUsage(parts.reduce((sum, part) => sum + part, 0n));
  const floors = parts.map((part) => Number(part / MICROCREDITS_PER_CREDIT));
  const missing = total - floors.reduce((sum, floor) => sum + floor, 0);
  const remainder = (index: number): bigint => (parts[index] ?? 0n) % MICROCREDITS_PER_CREDIT;
  const largestFirst = floors
    .map((_, index) => index)
    .sort((a, b) => Number(remainder(b) - remainder(a)) || a - b);
  const raised = new Set(largestFirst.slice(0, missing));
  return floors.map((floor, index) => floor + (raised.has(index) ? 1 : 0));
}

/** How many whole credits make up for a shortfall. */
export const wholeShortfall = (overdraft: bigint): number =>
  Number((overdraft + MICROCREDITS_PER_CREDIT - 1n) / MICROCREDITS_PER_CREDIT);

/** Half away from zero for positive numerators; both arguments must not be negative. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n);
}

/** "£5.00" from micro-pounds, rounded half up to the penny. */
export function formatPounds(amount: bigint): string {
  return formatPence(Number(divideHalfUp(amount, 10_000n)));
}
