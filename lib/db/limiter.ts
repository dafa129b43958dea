import { RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible";
import { processWide } from "@/lib/shared/process-wide";
import { pool } from "./pool";

/** So many times within a window, which begins with the first time and does not move with the others. */
export type Limit = { readonly name: string; readonly times: number; readonly seconds: number };

const limiters = processWide("limiters", () => new Map<string, RateLimiterPostgres>());

function limiterOf({ name, times, seconds }: Limit): RateLimiterPostgres {
  const known = limiters().get(name);
  if (known) return known;
  const made = new RateLimiterPostgres({
    // Without the names under which the library would prepare its statements: no pooler keeps them.
    storeClient: {
      query: ({ text, values }: { text: string; values: unknown[] }) => pool().query(text, values),
    },
    storeType: "pool",
    tableName: "limit_counter",
    tableCreated: true,
    keyPrefix: name,
    points: times,
    duration: seconds,
  });
  limiters().set(name, made);
  return made;
}

const toWait = ({ times }: Limit, { consumedPoints, msBeforeNext }: RateLimiterRes, allowed = times) =>
  consumedPoints > allowed ? Math.max(1, Math.ceil(msBeforeNext / 1000)) : 0;

/** Counts one more of what `key` did. The seconds until the next is allowed where this one is too many, else 0. */
export async function count(limit: Limit, key: string): Promise<number> {
  return toWait(limit, await limiterOf(limit).penalty(key, 1));
}

/** Looks without counting: the seconds until one more is allowed, 0 where it is now. */
export async function secondsToWait(limit: Limit, key: string): Promise<number> {
  const counted = await limiterOf(limit).get(key);
  return counted ? toWait(limit, counted, limit.times - 1) : 0;
}

/** What was counted beforehand turned out to be nothing that the limit is about. */
export async function takeBack(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).reward(key, 1);
}
