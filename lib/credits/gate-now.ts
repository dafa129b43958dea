import type { Ctx } from "@/lib/auth/context";
import { requireSystem } from "@/lib/auth/context";
import { cachedFacts, cacheMark, keepFacts } from "./balance-cache";
import { decideGate, type GateDecision } from "./core/decide-gate";
import { readFacts } from "./store/facts";

/**
 * The gate's answer at this moment, for what is shown and for what begins only now. Nothing is recorded by it; unlike
 * `checkCredits` it fails where the account cannot be read. For the system only.
 */
export async function gateNow(ctx: Ctx, orgId: string): Promise<GateDecision> {
  requireSystem(ctx.actor);
  const now = ctx.now().getTime();
  const cached = cachedFacts(orgId, now);
  if (cached) return decideGate(cached);
  const mark = cacheMark();
  const facts = await readFacts(orgId);
  if (!facts) throw new Error("an organisation without a credit account");
  keepFacts(orgId, facts, now, mark);
  return decideGate(facts);
}
