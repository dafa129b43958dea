import { isTaken } from "@/lib/db/sql-errors";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "./context";
import { peekLink, takeLink, withdrawLinks } from "./links";
import { liveLink } from "./live-link";
import { type Opened, openSession } from "./open-session";
import { openTrial } from "./open-trial";
import { insertUser } from "./store/credentials";
import { lockLinksTo } from "./store/links";

/**
 * Uses the link of a sign-up: makes the user, their trial garage and its account, all or nothing, and signs in. Other links
 * to the same address end. Throws gone where the link cannot be used, conflict where the address has an account meanwhile.
 */
export async function confirmSignUp(
  ctx: Ctx,
  token: string,
  headers: Headers,
): Promise<Opened & { readonly next: string }> {
  const { email } = liveLink(await peekLink(ctx, "sign-up", token));
  const userId = ctx.newId();
  const next = await inTransaction(async (tx) => {
    // Two links of one address at once: the second waits here for the first, which ends it.
    await lockLinksTo(tx, "sign-up", email);
    const { data } = liveLink(await takeLink(ctx, tx, "sign-up", token));
    const { name, garageName, passwordHash } = data;
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
