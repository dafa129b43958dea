import { type Ctx, requireSystem } from "@/lib/auth/context";
import { credits } from "@/lib/shared/money";
import { statesGatedBy } from "./core/subscription";
import { type ExpiringGift, giftsExpiringBefore } from "./store/lots-to-expire";

/** Fewer are not worth a mail. */
const WORTH_TELLING = credits(10);

/**
 * Gifted lots that expire before `until` with ten credits or more left in them, at most `limit`, in a steady order
 * after the one given. Leaves out organisations that are frozen, and those whose balance does not gate: trials and
 * demonstrations.
 */
export async function listExpiringGifts(
  ctx: Ctx,
  until: Date,
  limit: number,
  after?: ExpiringGift,
): Promise<ExpiringGift[]> {
  requireSystem(ctx.actor);
  const states = statesGatedBy("balance");
  return giftsExpiringBefore({ states, from: ctx.now(), until, atLeast: WORTH_TELLING, limit, after });
}
