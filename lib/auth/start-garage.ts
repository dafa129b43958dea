import { inTransaction } from "@/lib/db/transaction";
import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "./context";
import { openTrial } from "./open-trial";
import { refuseSupport } from "./refuse-support";
import { signedIn } from "./session";
import { lockUser } from "./store/credentials";
import { hasFounded } from "./store/garages";
import { isAnywhere } from "./store/members";

/**
 * A trial garage of their own for who is signed in and belongs to none: nobody gets a second trial by this door,
 * whichever garage they have left or handed over. Throws unauthenticated without a session, forbidden for support staff,
 * conflict for a member of a garage and for who has made one before.
 */
export async function startGarage(
  ctx: Ctx,
  { garageName }: { readonly garageName: string },
  headers: Headers,
): Promise<void> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  refuseSupport(user);
  await inTransaction(async (tx) => {
    // Of two requests at once the second waits here for the first, and finds its garage.
    await lockUser(tx, user.userId);
    if (await isAnywhere(tx, user.userId))
      throw new AppError("conflict", "You belong to a garage already. Reload this page.");
    if (await hasFounded(tx, user.userId))
      throw new AppError(
        "conflict",
        "You have had a free trial already. To start another garage, contact Torqueflow support.",
      );
    await openTrial(ctx, tx, { garageName, ownerId: user.userId });
  });
  publishAccess(user.userId);
}
