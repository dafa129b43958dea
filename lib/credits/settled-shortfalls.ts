import { type Ctx, requireMember } from "@/lib/auth/context";
import { overdraftSettledBy } from "./store/postings";

/** How much of a shortfall each of these grants settled, by source key, in microcredits. Needs `billing.credits.view`. */
export async function settledShortfalls(
  ctx: Ctx,
  orgId: string,
  sourceKeys: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  return sourceKeys.length === 0 ? new Map() : overdraftSettledBy(orgId, sourceKeys);
}
