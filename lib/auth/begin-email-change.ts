import type { Queryable } from "@/lib/db/pool";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { AppError } from "@/lib/shared/errors";
import { asSystem, type Ctx } from "./context";
import { issueLink, withdrawLinks } from "./links";
import { lockUser } from "./store/credentials";

/**
 * Asks both addresses of a user whether it shall change: to each goes a letter with a link, and the address changes with the
 * second that is used (`confirmEmailChange`). An earlier change that was asked for ends. Within `tx`; whether the user may,
 * their password for one, is the caller's to check, and to count the letter first (`countLetterTo`). That the new address is
 * somebody else's is told by its link alone. Throws invalid_input at `email` for the address they have.
 */
export async function beginEmailChange(
  ctx: Ctx,
  tx: Queryable,
  { userId, newEmail: typed }: { readonly userId: string; readonly newEmail: string },
): Promise<void> {
  const newEmail = typed.toLowerCase();
  const user = await lockUser(tx, userId);
  if (!user) throw new AppError("not_found", "Not found.");
  if (user.email === newEmail)
    throw new AppError("invalid_input", "This is your address already.", { field: "email" });
  await withdrawLinks(ctx, tx, { kind: "email-change", userId });
  const groupId = ctx.newId();
  for (const side of ["old", "new"] as const) {
    const address = side === "old" ? user.email : newEmail;
    const asked = {
      kind: "email-change",
      email: address,
      userId,
      groupId,
      data: { side, newEmail },
    } as const;
    const { id, token, expiresAt } = await issueLink(ctx, tx, asked);
    await queuePersonalMail(asSystem(ctx, "email-change"), tx, {
      to: { address },
      letter: "email-change-confirm",
      cause: `link:${id}`,
      data: { side, oldEmail: user.email, newEmail, token, expiresAt: expiresAt.toISOString() },
    });
  }
}
