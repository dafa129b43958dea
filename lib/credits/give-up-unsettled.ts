import { type Ctx, requireSystem } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import { GIVE_UP_AFTER_MS } from "./find-unsettled";
import { markGivenUp } from "./store/interactions";

/** How far back it looks: longer than any worker is away. */
const LOOK_BACK_MS = 60 * 86_400_000;
const BATCH = 1_000;

/**
 * Gives up interactions that were not settled for eight days, each once: logged, counted, and marked for support. Nothing
 * looks for their cost any more. A report that comes all the same still settles it. Returns how many.
 */
export async function giveUpUnsettled(ctx: Ctx): Promise<number> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const before = new Date(now.getTime() - GIVE_UP_AFTER_MS);
  const after = new Date(before.getTime() - LOOK_BACK_MS);
  let total = 0;
  for (;;) {
    const given = await markGivenUp({ after, before }, now, BATCH);
    for (const interaction of given) {
      metrics().interactionsGivenUp.inc({ channel: interaction.channel });
      ctx.log.error(interaction, "an interaction was not settled for eight days and is given up");
    }
    total += given.length;
    if (given.length < BATCH) return total;
  }
}
