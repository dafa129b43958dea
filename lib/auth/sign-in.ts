import { isAPIError } from "better-auth/api";
import { AppError } from "@/lib/shared/errors";
import { auth } from "./auth";
import type { Ctx } from "./context";
import { forgetOldSessions } from "./store/sessions";

export type SignInInput = { readonly email: string; readonly password: string };

/**
 * Signs in: the headers returned hold the session's cookie. The session that the same browser had, and the user's expired
 * ones, end. Throws unauthenticated where address and password do not belong together.
 */
export async function signIn(ctx: Ctx, input: SignInInput, headers: Headers): Promise<Headers> {
  const library = auth().api;
  const signedIn = await library
    .signInEmail({ body: input, headers, returnHeaders: true })
    .catch((cause: unknown) => {
      if (isAPIError(cause) && cause.status === "UNAUTHORIZED")
        throw new AppError("unauthenticated", "The email or the password is not right.");
      throw cause;
    });
  await library.signOut({ headers });
  await forgetOldSessions(signedIn.response.user.id, ctx.now());
  return signedIn.headers;
}
