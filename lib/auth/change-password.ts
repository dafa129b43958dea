import { isAPIError } from "better-auth/api";
import { count, type Limit, takeBack } from "@/lib/db/limiter";
import { AppError, tooOften } from "@/lib/shared/errors";
import { auth } from "./auth";
import { refuseGuessable } from "./password-rule";
import { signedIn } from "./session";

const WRONG: Limit = { name: "change-password", times: 10, seconds: 15 * 60 };

/**
 * Sets another password and ends every session but a new one, whose cookie is in the headers returned. Throws
 * unauthenticated without a session, rate_limited after ten wrong ones, invalid_input at `current` for a wrong one and at
 * `password` for one that is easy to guess.
 */
export async function changePassword(
  headers: Headers,
  passwords: { readonly current: string; readonly next: string },
): Promise<Headers> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  await refuseGuessable(passwords.next, [user.email]);
  const seconds = await count(WRONG, user.userId);
  if (seconds > 0) throw tooOften(seconds);
  const body = {
    currentPassword: passwords.current,
    newPassword: passwords.next,
    revokeOtherSessions: true,
  };
  const changed = await auth()
    .api.changePassword({ body, headers, returnHeaders: true })
    .catch((cause: unknown) => {
      if (!isAPIError(cause) || cause.statusCode >= 500) throw cause;
      throw new AppError("invalid_input", "This is not your present password.", { field: "current" });
    });
  await takeBack(WRONG, user.userId);
  return changed.headers;
}
