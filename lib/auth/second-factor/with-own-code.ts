import { count, type Limit, takeBack } from "@/lib/db/limiter";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { AppError, tooOften } from "@/lib/shared/errors";
import { lockFactor } from "../store/second-factors";
import { useCode } from "./use-code";

/** Wrong codes of somebody who is signed in, whatever they were asked for. */
export const WRONG_CODES: Limit = { name: "own-codes", times: 10, seconds: 15 * 60 };

/**
 * Makes a change of a second factor that is on, in the transaction that uses up a code of its app or a recovery code. Throws
 * invalid_input at `code` for a wrong one, rate_limited after ten, conflict where it is off.
 */
export async function withOwnCode(
  userId: string,
  code: string,
  change: (tx: Queryable) => Promise<void>,
): Promise<void> {
  const seconds = await count(WRONG_CODES, userId);
  if (seconds > 0) throw tooOften(seconds);
  await inTransaction(async (tx) => {
    if (!(await lockFactor(tx, userId))?.verified)
      throw new AppError("conflict", "Two-step verification is off already. Reload this page.");
    if (!(await useCode(tx, userId, code)))
      throw new AppError("invalid_input", "This code is not right, or was used already.", { field: "code" });
    await change(tx);
  });
  await takeBack(WRONG_CODES, userId);
}
