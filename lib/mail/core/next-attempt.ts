const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * When a mail whose attempt has failed is tried again: after a minute, then two, four and so on up to an hour. Undefined
 * once it would be more than a day after it was queued.
 */
export function nextAttempt(queuedAt: Date, attempts: number, now: Date): Date | undefined {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** (attempts - 1));
  const next = now.getTime() + pauseMs;
  return next - queuedAt.getTime() > DAY_MS ? undefined : new Date(next);
}
