import { hashPassword } from "better-auth/crypto";
import { isTaken } from "@/lib/db/sql-errors";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "./context";
import { type Link, peekLink, takeLink, withdrawLinks } from "./links";
import { liveLink } from "./live-link";
import { type Opened, openSession } from "./open-session";
import { openTrial } from "./open-trial";
import { refuseGuessable } from "./password-rule";
import { begunHere } from "./sign-up-browser";
import { insertUser } from "./store/credentials";
import { lockLinksTo } from "./store/links";

type Confirmation = {
  readonly token: string;
  /** Chosen beside the link; the one typed at sign-up is not used then. */
  readonly password?: string | undefined;
};

/**
 * Uses the link of a sign-up: makes the user, their trial garage and its account, all or nothing, and signs in. Other links
 * to the same address end. Throws gone where the link cannot be used, conflict where the address has an account meanwhile,
 * invalid_input at `password` for one that is easy to guess, and without one in a browser that did not sign up.
 */
export async function confirmSignUp(
  ctx: Ctx,
  { token, password }: Confirmation,
  headers: Headers,
): Promise<Opened & { readonly next: string }> {
  const link = liveLink(await peekLink(ctx, "sign-up", token));
  const { email } = link;
  const passwordHash = await passwordHashOf(link, password, headers);
  const userId = ctx.newId();
  const next = await inTransaction(async (tx) => {
    // Two links of one address at once: the second waits here for the first, which ends it.
    await lockLinksTo(tx, "sign-up", email);
    const { data } = liveLink(await takeLink(ctx, tx, "sign-up", token));
    const { name, garageName } = data;
    await insertUser(tx, { userId, name, email, passwordHash, accountId: ctx.newId(), at: ctx.now() });
    await openTrial(ctx, tx, { garageName, ownerId: userId });
    await withdrawLinks(ctx, tx, { kind: "sign-up", email });
    return data.next;
  }).catch((cause: unknown) => {
    if (!isTaken(cause, "user_email_key")) throw cause;
    throw new AppError("conflict", "This address has an account meanwhile. Sign in instead.", { cause });
  });
  return { ...(await openSession(userId, headers)), next };
}

/** Whoever has the mail has the address; who typed the password at sign-up only the browser tells. */
async function passwordHashOf(
  { email, data }: Link<"sign-up">,
  chosen: string | undefined,
  headers: Headers,
): Promise<string> {
  if (chosen !== undefined) {
    await refuseGuessable(chosen, [data.name, data.garageName, email]);
    return hashPassword(chosen);
  }
  if (begunHere(data.browserHash, headers)) return data.passwordHash;
  throw new AppError("invalid_input", "You opened this in another browser: choose your password.", {
    field: "password",
  });
}
