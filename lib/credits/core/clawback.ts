/**
 * What a refund takes back in all: floor(granted × refunded ÷ paid), at most what was granted. Cumulative: the difference
 * to what was taken before is what is posted, in either direction.
 */
export function clawbackTarget(granted: bigint, refundedPence: bigint, paidPence: bigint): bigint {
  if (paidPence <= 0n || refundedPence <= 0n) return 0n;
  return refundedPence >= paidPence ? granted : (granted * refundedPence) / paidPence;
}
