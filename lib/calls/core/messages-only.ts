type AnsweredCall = {
  readonly startedAt: Date;
  /** Null: not answered by the message-taker for want of credits. */
  readonly degradationReason: string | null;
  readonly isFallback: boolean;
};

/**
 * When the first call after the last one in full was degraded; undefined where the latest was in full. Calls come latest
 * first. A call that our own trouble answered says nothing about either.
 */
export function messagesOnlySince(calls: readonly AnsweredCall[]): Date | undefined {
  const answered = calls.filter(({ isFallback }) => !isFallback);
  const lastInFull = answered.findIndex(({ degradationReason }) => degradationReason === null);
  return (lastInFull < 0 ? answered : answered.slice(0, lastInFull)).at(-1)?.startedAt;
}
