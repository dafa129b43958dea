import type { Ctx } from "@/lib/auth/context";
import { requireSystem } from "@/lib/auth/context";
import { cachedFacts } from "./balance-cache";
import { decideGate, type GateDecision } from "./core/decide-gate";
import { loadFacts } from "./load-facts";

/**
 * The gate's answer at this moment, for what is shown and for what begins only now. Nothing is recorded by it; unlike
 * `checkCredits` it fails where the account cannot be read. For the system only.
 */
export async function gateNow(ctx: Ctx, orgId: string): Promise<GateDecision> {
  requireSystem(ctx.actor);
  return decideGate(cachedFacts(orgId, ctx.now().getTime()) ?? (await loadFacts(ctx, orgId)));
}
