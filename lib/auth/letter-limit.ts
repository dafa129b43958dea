import { count, type Limit } from "@/lib/db/limiter";
import { tooOften } from "@/lib/shared/errors";
import { accountKey } from "./known-browser";

/** Letters that anybody may have sent to an address by typing it, signed in or not: few, as it may be a stranger's. */
const LETTERS: Limit = { name: "letters-to-address", times: 5, seconds: 3_600 };

/**
 * Counts one more letter that somebody has sent to an address that they typed, whether it has an account or not.
 * Throws rate_limited; the letters that came before still hold good links.
 */
export async function countLetterTo(email: string): Promise<void> {
  const seconds = await count(LETTERS, accountKey(email));
  if (seconds > 0) throw tooOften(seconds);
}
