import { hashPassword } from "better-auth/crypto";
import { inTransaction } from "@/lib/db/transaction";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { recordOwnChange } from "./account/record-own-change";
import { asSystem, type Ctx, onBehalfOf } from "./context";
import { isServed } from "./is-served";
import { peekLink, takeLink, withdrawLinks } from "./links";
import { liveLink } from "./live-link";
import { type Opened, openSession } from "./open-session";
import { refuseGuessable } from "./password-rule";
import { findKnown, type KnownUser, lockUser, replacePassword } from "./store/credentials";
import { deleteSessions } from "./store/sessions";

/**
 * Uses the link of a reset: sets the new password, ends every session, the user's other reset links and a change of address
 * that waits (whoever had the old password may have asked for it), tells them by mail, and opens a session, for which an account with a second factor is asked for it first. Throws gone where the link cannot be
 * used, invalid_input at `password` for one that is easy to guess; the link stays usable then.
 */
export async function resetPassword(
  ctx: Ctx,
  { token, password }: { readonly token: string; readonly password: string },
  headers: Headers,
): Promise<Opened & { readonly next: string }> {
  const { userId, name, email } = await ownerOf(ctx, token);
  await refuseGuessable(password, [name, email]);
  const passwordHash = await hashPassword(password);
  const at = ctx.now();
  const next = await inTransaction(async (tx) => {
    // Two links of one user at once: the second waits here for the first, which ends it.
    await lockUser(tx, userId);
    // Before the link, as wherever a password is changed: two such changes at once wait for each other in one order.
    if (!(await replacePassword(tx, userId, passwordHash, at))) throw noAccount();
    const { data } = liveLink(await takeLink(ctx, tx, "password-reset", token));
    await deleteSessions(tx, userId, null);
    await withdrawLinks(ctx, tx, { kind: "email-change", userId });
    await withdrawLinks(ctx, tx, { kind: "password-reset", userId });
    await recordOwnChange(onBehalfOf(ctx, "password-reset", userId), tx, userId, {
      action: "account/password-reset",
      before: {},
      after: { changedAt: at.toISOString() },
    });
    await queuePersonalMail(asSystem(ctx, "password-reset"), tx, {
      to: { userId },
      letter: "password-changed",
      cause: `reset:${ctx.newId()}`,
      data: { how: "reset", changedAt: at.toISOString() },
    });
    return data.next;
  });
  publishAccess(userId);
  return { ...(await openSession(userId, headers)), next };
}

async function ownerOf(ctx: Ctx, token: string): Promise<KnownUser> {
  const { userId } = liveLink(await peekLink(ctx, "password-reset", token));
  const owner = userId === null ? undefined : await findKnown(userId);
  if (!owner || !isServed(owner)) throw noAccount();
  return owner;
}

const noAccount = (): AppError => new AppError("gone", "The account of this link is not there any more.");
