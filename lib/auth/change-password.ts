import { hashPassword } from "better-auth/crypto";
import { inTransaction } from "@/lib/db/transaction";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { AppError } from "@/lib/shared/errors";
import { recordOwnChange } from "./account/record-own-change";
import { auth } from "./auth";
import { asSystem } from "./context";
import { rememberBrowser } from "./known-browser";
import { withdrawLinks } from "./links";
import { notYours, requireOwnPassword } from "./own-password";
import { refuseGuessable } from "./password-rule";
import { newSecret } from "./secrets";
import { type MemberCtx, signedIn } from "./session";
import { swapPasswordHash } from "./store/own-passwords";
import { deleteSessions, replaceToken } from "./store/sessions";
import { findPerson } from "./store/users";

/**
 * Sets another password, ends every session but this browser's, whose cookies are replaced (they are in the headers returned), and a
 * change of address that waits, and tells the user by mail. Throws invalid_input at `current` for a wrong one and at `password` for one that is easy to guess
 * or is the present one, rate_limited after ten wrong ones. The caller tells the user's browsers once this one has its
 * cookie (`publishAccess`).
 */
export async function changePassword(
  ctx: MemberCtx,
  headers: Headers,
  passwords: { readonly current: string; readonly next: string },
): Promise<Headers> {
  const { userId } = ctx.actor;
  const session = await signedIn(headers);
  if (session?.userId !== userId) throw new AppError("unauthenticated", "Sign in to continue.");
  const { name, email } = await findPerson(userId);
  await refuseGuessable(passwords.next, [name, email]);
  const from = await requireOwnPassword(userId, passwords.current);
  if (passwords.next === passwords.current)
    throw new AppError("invalid_input", "This is your current password. Choose another one.", {
      field: "password",
    });
  const to = await hashPassword(passwords.next);
  const at = ctx.now();
  const token = newSecret();
  await inTransaction(async (tx) => {
    if (!(await swapPasswordHash(tx, userId, { from, to, at }))) throw notYours();
    await deleteSessions(tx, userId, session.sessionId);
    if (!(await replaceToken(tx, session.sessionId, token)))
      throw new AppError("unauthenticated", "Sign in to continue.");
    // In the order in which a change of address takes them: the two never wait for each other in a circle.
    await withdrawLinks(ctx, tx, { kind: "email-change", userId });
    await withdrawLinks(ctx, tx, { kind: "password-reset", userId });
    await recordOwnChange(ctx, tx, userId, {
      action: "account/password-changed",
      before: {},
      after: { changedAt: at.toISOString() },
    });
    await queuePersonalMail(asSystem(ctx, "account"), tx, {
      to: { userId },
      letter: "password-changed",
      cause: `password:${ctx.newId()}`,
      data: { how: "account", changedAt: at.toISOString() },
    });
  });
  const renewed = await auth().api.handOutSession({ body: { token }, headers, returnHeaders: true });
  renewed.headers.append("set-cookie", await rememberBrowser(email));
  return renewed.headers;
}
