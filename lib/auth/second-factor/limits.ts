import type { Limit } from "@/lib/db/limiter";

/** Wrong codes of somebody who is signed in, whatever they were asked for. */
export const WRONG_CODES: Limit = { name: "own-codes", times: 10, seconds: 15 * 60 };
