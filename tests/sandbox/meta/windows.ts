import type { Clock } from "../core/clock";

const WINDOW_MS = 24 * 3_600_000;
const BURST = 45;
const REFILL_MS = 6_000;

const keyOf = (numberId: string, user: string): string => `${numberId}|${user}`;

/**
 * When each user last wrote to each number, by the messages' own timestamps. A free-form message may be sent within
 * 24 hours of it. Source: "Send messages", customer service windows
 */
export function createWindows(clock: Clock) {
  const lastAt = new Map<string, number>();
  return {
    /** A timestamp of the future counts as now; an older one never moves the window back. */
    record: (numberId: string, user: string, atMs: number): void => {
      const key = keyOf(numberId, user);
      lastAt.set(key, Math.max(lastAt.get(key) ?? 0, Math.min(atMs, clock.time())));
    },
    isOpen: (numberId: string, user: string): boolean => {
      const last = lastAt.get(keyOf(numberId, user));
      return last !== undefined && clock.time() < last + WINDOW_MS;
    },
    closesAt: (numberId: string, user: string): string | null => {
      const last = lastAt.get(keyOf(numberId, user));
      return last === undefined ? null : new Date(last + WINDOW_MS).toISOString();
    },
    reset: () => lastAt.clear(),
  };
}

export type Windows = ReturnType<typeof createWindows>;

/**
 * One message every 6 seconds from a number to the same user, of which 45 may be taken in advance.
 * Source: "Messaging limits", pair rate limits
 */
export function createPairRate(clock: Clock) {
  const pairs = new Map<string, { tokens: number; at: number }>();
  return {
    take: (numberId: string, user: string): boolean => {
      const now = clock.time();
      const pair = pairs.get(keyOf(numberId, user)) ?? { tokens: BURST, at: now };
      const tokens = Math.min(BURST, pair.tokens + (now - pair.at) / REFILL_MS);
      pairs.set(keyOf(numberId, user), { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      return tokens >= 1;
    },
    reset: () => pairs.clear(),
  };
}

export type PairRate = ReturnType<typeof createPairRate>;
