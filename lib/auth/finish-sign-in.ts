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
 * Wrong codes for one account from all browsers that it does not know. A code has a million values and whoever guesses has
 * the password: many addresses must not mean many guesses.
 */
const GUESSES: Limit = { name: "second-step", times: 10, seconds: 15 * 60 };

/**
 * Wrong codes from one browser that the account knows: in an hour a third of what all of them have, so that an intruder at
 * one leaves its owner the others.
 */
const GUESSES_KNOWN: Limit = { name: "second-step-known", times: 10, seconds: 3_600 };

/**
 * Wrong codes for one account from all its known browsers together, and from all others together: who collects cookies of known
 * browsers gets no more guesses by them, and guesses from elsewhere keep nobody out of a browser that the account knows.
 */
const GUESSES_TOGETHER: Limit = { name: "second-step-together", times: 30, seconds: 3_600 };

/**
 * The second step of signing in: a code of the app, or a recovery code, from the browser that has shown the first
 * (`openSession`). The headers returned hold the session's cookie. Throws unauthenticated where that is too long ago,
 * invalid_input at `code` for a wrong one, or one that was used before, rate_limited after ten wrong ones, or thirty from several browsers.
 */
export async function finishSignIn(code: string, headers: Headers): Promise<Headers> {
  const step = await secondStepOf(headers);
  if (!step) throw tooLate();
  const { email } = await findPerson(step.userId);
  const account = accountKey(email);
  const browser = await knownBrowser(headers, email);
  const own = browser ? GUESSES_KNOWN : GUESSES;
  const guesser = `${browser ?? "unknown"}:${account}`;
  const together = `${browser ? "known" : "unknown"}:${account}`;
  // First its own: what is refused there never counts for the others.
  refuseAfter(await count(own, guesser));
  refuseAfter(await count(GUESSES_TOGETHER, together));
  await inTransaction(async (tx) => {
    if (!(await useCode(tx, step.userId, code)))
      throw new AppError("invalid_input", "This code is not right, or was used already.", { field: "code" });
    if (!(await deleteStep(tx, step.id))) throw tooLate();
  });
  await takeBack(own, guesser);
  await takeBack(GUESSES_TOGETHER, together);
  const begun = await beginSession(step.userId, headers);
  begun.append("set-cookie", secondStepOver());
  return begun;
}

function refuseAfter(seconds: number): void {
  if (seconds > 0) throw tooOften(seconds);
}

const tooLate = (): AppError =>
  new AppError("unauthenticated", "This took too long. Sign in again with your password.");
