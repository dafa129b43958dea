import { inTransaction } from "@/lib/db/transaction";
import { queuePersonalMail } from "@/lib/mail/queue-personal-mail";
import { asSystem, type Ctx } from "./context";
import { isServed } from "./is-served";
import { countResetTo } from "./letter-limit";
import { issueLink } from "./links";
import { userByEmail } from "./store/credentials";

/**
 * Mails a link with which a new password is chosen (`resetPassword`). Where nobody has the address, the same is written for
 * a user who does not exist, so that neither the answer nor its time tells: that letter is dropped when its turn comes.
 * Throws rate_limited after a few resets for one address.
 */
export async function askForReset(
  ctx: Ctx,
  { email: typed, next = "/" }: { readonly email: string; readonly next?: string },
): Promise<void> {
  const email = typed.toLowerCase();
  await countResetTo(email);
  await inTransaction(async (tx) => {
    const known = await userByEmail(tx, email);
    const userId = known && isServed(known) ? known.userId : ctx.newId();
    const asked = { kind: "password-reset", email, userId, data: { next } } as const;
    const { id, token, expiresAt } = await issueLink(ctx, tx, asked);
    await queuePersonalMail(asSystem(ctx, "password-reset"), tx, {
      to: { userId },
      letter: "password-reset",
      cause: `link:${id}`,
      data: { token, expiresAt: expiresAt.toISOString() },
    });
  });
}
