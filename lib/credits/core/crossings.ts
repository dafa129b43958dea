import type { AccountFacts } from "./decide-gate";
import { type GrantedFacts, gaugeMaximum } from "./gauge";
import { termsOf } from "./subscription";

export const WARNING_THRESHOLDS = [75, 90, 100] as const;

export type WarningThreshold = (typeof WARNING_THRESHOLDS)[number];

/** The highest balance at which `threshold` percent of `maximum` counts as consumed. */
const floorOf = (threshold: WarningThreshold, maximum: bigint): bigint =>
  (maximum * BigInt(100 - threshold)) / 100n;

/** Thresholds reached at this balance, lowest first. Consumed = 1 - balance / maximum, on exact microcredits. */
export function reachedThresholds(balance: bigint, maximum: bigint): readonly WarningThreshold[] {
  return WARNING_THRESHOLDS.filter((threshold) => balance <= floorOf(threshold, maximum));
}

/** Trials warn on their cap instead: thresholds reached at this spend. A cap of 0 is no cap. */
export function reachedTrialThresholds(spent: bigint, cap: bigint): readonly WarningThreshold[] {
  return cap === 0n ? [] : WARNING_THRESHOLDS.filter((threshold) => spent * 100n >= cap * BigInt(threshold));
}

/** The next balance, going down, at or below which a warning is due; null once all have been passed. */
export function nextWake(balance: bigint, maximum: bigint): bigint | null {
  return (
    WARNING_THRESHOLDS.map((threshold) => floorOf(threshold, maximum)).find((floor) => floor < balance) ??
    null
  );
}

/** The next spend, going up, at which a trial's warning is due (rounded up to the micro-pound). */
export function nextTrialWake(spent: bigint, cap: bigint): bigint | null {
  const marks = WARNING_THRESHOLDS.map((threshold) => (cap * BigInt(threshold) + 99n) / 100n);
  return cap === 0n ? null : (marks.find((mark) => mark > spent) ?? null);
}

type WatchedAccount = Omit<AccountFacts, "frozen"> & GrantedFacts;

/** What the watch of an account runs for, beside its warnings. */
export type Woken = {
  /** A balance below which the watch runs, microcredits; null: none. */
  readonly wakeBelow: bigint | null;
};

/** The highest balance below the mark, where the balance is not below it already. */
const nextBelow = ({ balance }: { readonly balance: bigint }, wakeBelow: bigint | null): bigint | null =>
  wakeBelow !== null && balance >= wakeBelow ? wakeBelow - 1n : null;

const highest = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other > one) ? other : one;

/** The thresholds an account has passed, lowest first: of its cap or of its full mark, whichever is its gate. */
export function warningsReached(account: WatchedAccount): readonly WarningThreshold[] {
  switch (termsOf(account.state).gate) {
    case "cap":
      return reachedTrialThresholds(account.trialSpentMicroGbp, account.trialCapMicroGbp);
    case "balance":
      return reachedThresholds(account.balance, gaugeMaximum(account));
    case "nothing":
      return [];
  }
}

/** The marks at which the watch runs: a balance going down, or a trial's spend going up; null: none. */
export function wakeMarks(account: WatchedAccount & Woken): {
  balance: bigint | null;
  trialSpend: bigint | null;
} {
  const below = nextBelow(account, account.wakeBelow);
  switch (termsOf(account.state).gate) {
    case "cap":
      return {
        balance: below,
        trialSpend: nextTrialWake(account.trialSpentMicroGbp, account.trialCapMicroGbp),
      };
    case "balance":
      return { balance: highest(nextWake(account.balance, gaugeMaximum(account)), below), trialSpend: null };
    case "nothing":
      return { balance: null, trialSpend: null };
  }
}
