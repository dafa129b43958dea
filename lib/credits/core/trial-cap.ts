/** A trial's cap and what of it is spent, in micro-pounds. A cap of 0 is no cap. */
type Trial = { readonly trialCapMicroGbp: bigint; readonly trialSpentMicroGbp: bigint };

const MICRO_GBP_PER_PENNY = 10_000n;

export const isCapReached = ({ trialCapMicroGbp: cap, trialSpentMicroGbp: spent }: Trial): boolean =>
  cap > 0n && spent >= cap;

/**
 * The spend as people see it, in pence: rounded down, so that it is the cap's only once the cap is reached; never more
 * than the cap.
 */
export function shownSpendPence(trial: Trial): number {
  const shown = isCapReached(trial) ? trial.trialCapMicroGbp : trial.trialSpentMicroGbp;
  return Number(shown / MICRO_GBP_PER_PENNY);
}

/** The cap in pence; caps are set in whole ones. */
export const capPence = ({ trialCapMicroGbp }: Trial): number =>
  Number(trialCapMicroGbp / MICRO_GBP_PER_PENNY);
