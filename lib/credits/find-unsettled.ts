import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Channel } from "./core/price-usage";
import type { InteractionKey, InteractionStart } from "./interaction";
import { listUnsettled } from "./store/interactions";

/** Interactions of these channels that started before a moment and were never settled, oldest first. */
export async function findUnsettled<C extends Channel>(
  ctx: Ctx,
  channels: readonly C[],
  before: Date,
  limit: number,
): Promise<(InteractionKey & { channel: C; start: InteractionStart })[]> {
  requireSystem(ctx.actor);
  return listUnsettled(channels, before, limit);
}
