import { count, type Limit, secondsToWait, takeBack } from "@/lib/db/limiter";
import { AppError, tooOften } from "@/lib/shared/errors";
import { auth } from "./auth";
import { accountKey, knownBrowser } from "./known-browser";
import { type Opened, openSession } from "./open-session";

export type SignInInput = { readonly email: string; readonly password: string };

/** Wrong passwords for one account, from one browser that it knows, or from one address. */
const GUESSES: Limit = { name: "sign-in-account", times: 10, seconds: 15 * 60 };

/** Wrong passwords from one address, for whatever accounts. */
const GUESSES_ANYWHERE: Limit = { name: "sign-in-address", times: 10, seconds: 60 };

/** The same, counted before an answer is known, so that guesses made at once are bounded, too: above any team's size. */
const AT_ONCE: Limit = { name: "sign-in-at-once", times: 30, seconds: 60 };

/**
 * Signs in, or begins the second step where the account has one. Only wrong passwords are limited, and never for an account
 * as a whole: guesses from elsewhere cannot lock its owner out, least of all in a browser that has signed in before. Throws
 * unauthenticated where email and password do not belong together, rate_limited after too many guesses.
 */
export async function signIn(
  input: SignInInput,
  request: { readonly headers: Headers; readonly address: string },
): Promise<Opened> {
  const { headers, address } = request;
  const account = accountKey(input.email);
  const browser = await knownBrowser(headers, input.email);
  const guesser = `${browser ?? address}:${account}`;
  // Counted before the check and taken back when the password was right, so that guesses made at once are limited, too.
  refuseAfter(await count(GUESSES, guesser));
  if (!browser) refuseAfter(await secondsToWait(GUESSES_ANYWHERE, address));
  if (!browser) refuseAfter(await count(AT_ONCE, address));

  const { userId } = await auth().api.checkPassword({ body: input });
  if (userId === null) {
    if (!browser) await count(GUESSES_ANYWHERE, address);
    throw new AppError("unauthenticated", "The email or the password is not right.");
  }
  await takeBack(GUESSES, guesser);
  if (!browser) await takeBack(AT_ONCE, address);
  return openSession(userId, headers);
}

function refuseAfter(seconds: number): void {
  if (seconds > 0) throw tooOften(seconds);
}
