import { inTransaction } from "@/lib/db/transaction";
import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "./context";
import { openTrial } from "./open-trial";
import { signedIn } from "./session";
import { lockUser } from "./store/credentials";
import { isAnywhere } from "./store/members";

/**
 * A trial garage of their own for who is signed in and belongs to none: nobody gets a second trial by this door.
 * Throws unauthenticated without a session, forbidden for support staff, conflict for a member of a garage.
 */
export async function startGarage(
  ctx: Ctx,
  { garageName }: { readonly garageName: string },
  headers: Headers,
): Promise<void> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  if (user.isSupport) throw new AppError("forbidden", "Support belongs to no garage.");
  await inTransaction(async (tx) => {
    // Of two requests at once the second waits here for the first, and finds its garage.
    await lockUser(tx, user.userId);
    if (await isAnywhere(tx, user.userId))
      throw new AppError("conflict", "You belong to a garage already. Reload this page.");
    await openTrial(ctx, tx, { garageName, ownerId: user.userId });
  });
  publishAccess(user.userId);
}
