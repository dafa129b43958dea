import { machineClock } from "@/lib/shared/clock";
import { auth } from "./auth";
import { knownBrowser, rememberBrowser } from "./known-browser";
import { beginSecondStep } from "./second-step";
import { forgetOldSessions } from "./store/sessions";
import { findPerson } from "./store/users";

export type Opened = {
  /** `second-step`: nobody is signed in yet, the code of their app is asked for first (`finishSignIn`). */
  readonly kind: "signed-in" | "second-step";
  /** The cookies of the answer. */
  readonly headers: Headers;
};

/**
 * The one door to a session, for a browser that has shown whose it is: by a password, or by a link that was mailed. A second
 * factor is asked for here, so that no way in goes past it.
 */
export async function openSession(userId: string, headers: Headers): Promise<Opened> {
  const { twoFactorEnabled } = await findPerson(userId);
  if (!twoFactorEnabled) return { kind: "signed-in", headers: await beginSession(userId, headers) };
  const cookies = new Headers();
  cookies.append("set-cookie", await beginSecondStep(userId));
  return { kind: "second-step", headers: cookies };
}

/**
 * Signs a browser in, once all that is asked for has been shown; the headers returned hold its cookies. The session that it had,
 * and the user's expired ones, end; it is known to the account from now on.
 */
export async function beginSession(userId: string, headers: Headers): Promise<Headers> {
  const library = auth().api;
  const { email } = await findPerson(userId);
  const begun = await library.beginSession({ body: { userId }, headers, returnHeaders: true });
  await library.signOut({ headers });
  await forgetOldSessions(userId, machineClock());
  if (!(await knownBrowser(headers, email))) begun.headers.append("set-cookie", await rememberBrowser(email));
  return begun.headers;
}
