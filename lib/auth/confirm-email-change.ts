import type { Queryable } from "@/lib/db/pool";
import { isTaken } from "@/lib/db/sql-errors";
import { inTransaction } from "@/lib/db/transaction";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { recordOwnChange } from "./account/record-own-change";
import { asSystem, type Ctx, onBehalfOf } from "./context";
import { peekLink, takeLink, withdrawLinks } from "./links";
import { liveLink } from "./live-link";
import { type KnownUser, lockUser, replaceEmail } from "./store/credentials";
import { allUsed } from "./store/links";
import { findIdByEmail } from "./store/users";

/** `waiting`: the other address has not confirmed yet. `changed`: both have, and it is `newEmail` from now on. */
export type EmailChange = { readonly kind: "waiting" | "changed"; readonly newEmail: string };

/**
 * Uses one of the two links of another address, in any order: the user's address changes with the second. Both are told,
 * sessions stay, and reset links that went to the old address end. Throws gone where the link cannot be used, and conflict where
 * the new address has an account meanwhile; the link stays usable then. That conflict is for the new address alone to learn:
 * to the old one such a change waits, or cannot be made any more.
 */
export async function confirmEmailChange(ctx: Ctx, token: string): Promise<EmailChange> {
  const { userId, data: asked } = liveLink(await peekLink(ctx, "email-change", token));
  const isNewSide = asked.side === "new";
  const change = await inTransaction(async (tx): Promise<EmailChange> => {
    // Both links at once: the second waits here for the first, and finds it used.
    const user = userId === null ? undefined : await lockUser(tx, userId);
    const { groupId, data } = liveLink(await takeLink(ctx, tx, "email-change", token));
    const { newEmail } = data;
    if (!user || groupId === null)
      throw new AppError("gone", "The account of this link is not there any more.");
    if (isNewSide && (await findIdByEmail(tx, newEmail)) !== undefined) throw taken();
    if (!(await allUsed(tx, groupId))) return { kind: "waiting", newEmail };
    await moveTo(ctx, tx, user, newEmail);
    return { kind: "changed", newEmail };
  }).catch((cause: unknown) => {
    if (!isTaken(cause, "user_email_key")) throw cause;
    throw isNewSide ? taken(cause) : new AppError("gone", "This change cannot be made any more.", { cause });
  });
  if (change.kind === "changed" && userId !== null) publishAccess(userId);
  return change;
}

const taken = (cause?: unknown): AppError =>
  new AppError("conflict", "The new address belongs to another account.", { cause });

async function moveTo(ctx: Ctx, tx: Queryable, user: KnownUser, newEmail: string): Promise<void> {
  const { userId, email: oldEmail } = user;
  const at = ctx.now();
  // First, so that a sign-up with this address which is under way is waited for, and not the other way round.
  await withdrawLinks(ctx, tx, { kind: "sign-up", email: newEmail });
  await withdrawLinks(ctx, tx, { kind: "password-reset", userId });
  await replaceEmail(tx, userId, newEmail, at);
  await recordOwnChange(onBehalfOf(ctx, "email-change", userId), tx, userId, {
    action: "account/email-changed",
    before: { email: oldEmail },
    after: { email: newEmail },
  });
  const cause = `email-change:${ctx.newId()}`;
  for (const address of [oldEmail, newEmail])
    await queuePersonalMail(asSystem(ctx, "email-change"), tx, {
      to: { address },
      letter: "email-changed",
      cause,
      data: { oldEmail, newEmail, changedAt: at.toISOString() },
    });
}
