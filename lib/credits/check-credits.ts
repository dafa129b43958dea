import type { Ctx } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import { cachedFacts, cacheMark, keepFacts } from "./balance-cache";
import { decideGate, type GateDecision, type GateFacts } from "./core/decide-gate";
import type { InteractionKey } from "./interaction";
import { readFacts } from "./store/facts";
import { recordFailOpen } from "./store/fail-open";

/** Longer than this and the interaction is allowed unchecked. */
const CHECK_BUDGET_MS = 250;

/**
 * The check before an interaction. Never throws and never takes longer than its budget: whatever goes wrong means
 * allow, counted and recorded for reconciliation. Answers at once from the cache, else after one primary-key read.
 */
export function checkCredits(ctx: Ctx, input: InteractionKey): GateDecision | Promise<GateDecision> {
  const facts = cachedFacts(input.orgId, ctx.now().getTime());
  return facts ? decideGate(facts) : checkUncached(ctx, input);
}

async function checkUncached(ctx: Ctx, input: InteractionKey): Promise<GateDecision> {
  const facts = await loadFacts(ctx, input.orgId);
  if ("unknown" in facts) {
    metrics.failOpens.inc({ channel: input.channel, cause: facts.unknown });
    ctx.log.error(
      { orgId: input.orgId, channel: input.channel, cause: facts.unknown },
      "credit check failed: allowed",
    );
    recordFailOpen({ ...input, cause: facts.unknown, at: ctx.now() });
  }
  return decideGate(facts);
}

async function loadFacts(ctx: Ctx, orgId: string): Promise<GateFacts> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<GateFacts>((resolve) => {
    timer = setTimeout(() => resolve({ unknown: "timeout" }), CHECK_BUDGET_MS);
  });
  const read = async (): Promise<GateFacts> => {
    try {
      const mark = cacheMark();
      const facts = await readFacts(orgId);
      if (!facts) throw new Error("an organisation without a credit account");
      keepFacts(orgId, facts, ctx.now().getTime(), mark);
      return facts;
    } catch (error) {
      ctx.log.warn({ err: error, orgId }, "credit check could not read the account");
      return { unknown: "error" };
    }
  };
  try {
    return await Promise.race([read(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
