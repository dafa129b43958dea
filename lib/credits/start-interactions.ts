import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { Channel } from "./core/price-usage";
import type { InteractionStart } from "./interaction";
import { storeStarts } from "./store/interactions";

export type StartsInput = {
  readonly orgId: string;
  readonly channel: Channel;
  readonly starts: readonly { readonly providerRef: string; readonly start: InteractionStart }[];
};

/**
 * Stores within `tx` how interactions of one channel start, in one statement, before any AI work. A repeat keeps its first
 * decision. Throws not_found for an organisation without an account.
 */
export async function startInteractions(ctx: Ctx, input: StartsInput, tx: Queryable): Promise<void> {
  requireSystem(ctx.actor);
  if (input.starts.length === 0) return;
  const { orgId, channel, starts } = input;
  const outcomes = await storeStarts(
    starts.map((one) => ({ orgId, channel, ...one })),
    tx,
  );
  if (outcomes.length < starts.length)
    throw new AppError("not_found", "This organisation has no credit account.");
}
