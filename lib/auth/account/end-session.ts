import { inTransaction } from "@/lib/db/transaction";
import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { type MemberCtx, signedIn } from "../session";
import { deleteSession, deleteSessions } from "../store/sessions";

/** The session behind these headers, which has to be the member's. Throws unauthenticated where it has ended meanwhile. */
async function sessionHere({ actor }: MemberCtx, headers: Headers): Promise<string> {
  const here = await signedIn(headers);
  if (here?.userId !== actor.userId) throw new AppError("unauthenticated", "Sign in to continue.");
  return here.sessionId;
}

/**
 * Signs the member out of another browser: its pages leave within a second. Throws not_found for a session that is not theirs
 * or has ended, conflict for this browser's, which signs out itself.
 */
export async function endSession(ctx: MemberCtx, headers: Headers, id: string): Promise<void> {
  const { userId } = ctx.actor;
  if (id === (await sessionHere(ctx, headers)))
    throw new AppError("conflict", "This is the browser that you are using. Use “Sign out” instead.");
  const hasEnded = await inTransaction((tx) => deleteSession(tx, userId, id));
  if (!hasEnded) throw new AppError("not_found", "This sign-in has ended already.");
  publishAccess(userId);
}

/** Signs the member out of every other browser, also of one that waits for its second step. Returns how many were signed in. */
export async function endOtherSessions(
  ctx: MemberCtx,
  headers: Headers,
): Promise<{ readonly ended: number }> {
  const { userId } = ctx.actor;
  const here = await sessionHere(ctx, headers);
  const ended = await inTransaction((tx) => deleteSessions(tx, userId, here));
  publishAccess(userId);
  return { ended };
}
