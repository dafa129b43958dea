import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Channel } from "./core/price-usage";
import type { InteractionKey, InteractionStart } from "./interaction";
import { listUnsettled } from "./store/interactions";

/** After this long an interaction that was not settled is given up, see `give-up-unsettled`. */
export const GIVE_UP_AFTER_MS = 8 * 86_400_000;

/** Interactions of these channels that started before a moment, were never settled and not given up, oldest first. */
export async function findUnsettled<C extends Channel>(
  ctx: Ctx,
  channels: readonly C[],
  before: Date,
  limit: number,
): Promise<(InteractionKey & { channel: C; start: InteractionStart })[]> {
  requireSystem(ctx.actor);
  return listUnsettled(channels, { after: new Date(before.getTime() - GIVE_UP_AFTER_MS), before }, limit);
}
