import { type Ctx, requireSystem } from "./context";
import { selectAddress } from "./store/users";

/** Where a user is reached now; undefined where there is no such user any more. */
export async function addressOfUser(ctx: Ctx, userId: string): Promise<string | undefined> {
  requireSystem(ctx.actor);
  return selectAddress(userId);
}
