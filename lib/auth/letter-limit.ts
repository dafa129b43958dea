import { count, type Limit } from "@/lib/db/limiter";
import { tooOften } from "@/lib/shared/errors";
import { accountKey } from "./known-browser";

/** Letters that anybody may have sent to an address by typing it, signed in or not: few, as it may be a stranger's. */
const LETTERS: Limit = { name: "letters-to-address", times: 5, seconds: 3_600 };

/** Counted apart, so that no other letters keep somebody from the one that lets them in again. */
const RESETS: Limit = { name: "resets-to-address", times: 5, seconds: 3_600 };

/**
 * Counts one more letter that somebody has sent to an address that they typed, whether it has an account or not: any but a
 * password's reset. Throws rate_limited.
 */
export const countLetterTo = (email: string): Promise<void> => countOf(LETTERS, email);

/** Counts one more reset of a password so. Throws rate_limited; the resets that came before still hold good links. */
export const countResetTo = (email: string): Promise<void> => countOf(RESETS, email);

async function countOf(limit: Limit, email: string): Promise<void> {
  const seconds = await count(limit, accountKey(email));
  if (seconds > 0) throw tooOften(seconds);
}
