import { count, type Limit, takeBack } from "@/lib/db/limiter";
import { inTransaction } from "@/lib/db/transaction";
import { AppError, tooOften } from "@/lib/shared/errors";
import { accountKey, knownBrowser } from "./known-browser";
import { beginSession } from "./open-session";
import { useCode } from "./second-factor/use-code";
import { secondStepOf, secondStepOver } from "./second-step";
import { deleteStep } from "./store/second-steps";
import { findPerson } from "./store/users";

/**
 * Wrong codes for one account from one browser that it knows; those from all other browsers count together. A code has a
 * million values and whoever guesses has the password: many addresses must not mean many guesses.
 */
const GUESSES: Limit = { name: "second-step", times: 10, seconds: 15 * 60 };

/**
 * The second step of signing in: a code of the app, or a recovery code, from the browser that has shown the first
 * (`openSession`). The headers returned hold the session's cookie. Throws unauthenticated where that is too long ago,
 * invalid_input at `code` for a wrong one, or one that was used before, rate_limited after ten wrong ones.
 */
export async function finishSignIn(code: string, headers: Headers): Promise<Headers> {
  const step = await secondStepOf(headers);
  if (!step) throw tooLate();
  const account = accountKey((await findPerson(step.userId)).email);
  const guesser = `${knownBrowser(headers, account) ?? "unknown"}:${account}`;
  const seconds = await count(GUESSES, guesser);
  if (seconds > 0) throw tooOften(seconds);
  await inTransaction(async (tx) => {
    if (!(await useCode(tx, step.userId, code)))
      throw new AppError("invalid_input", "This code is not right, or was used already.", { field: "code" });
    if (!(await deleteStep(tx, step.id))) throw tooLate();
  });
  await takeBack(GUESSES, guesser);
  const begun = await beginSession(step.userId, headers);
  begun.append("set-cookie", secondStepOver());
  return begun;
}

const tooLate = (): AppError =>
  new AppError("unauthenticated", "This took too long. Sign in again with your password.");
