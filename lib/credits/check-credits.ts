import type { Ctx } from "@/lib/auth/context";
import { metrics } from "@/lib/shared/metrics";
import { within } from "@/lib/shared/within";
import { cachedFacts } from "./balance-cache";
import { decideGate, type GateDecision } from "./core/decide-gate";
import type { InteractionKey } from "./interaction";
import { loadFacts } from "./load-facts";
import { recordFailOpen } from "./store/fail-open";

/** Longer than this and the interaction is allowed unchecked. */
const CHECK_BUDGET_MS = 250;

/**
 * The check before an interaction. Never throws and never takes longer than its budget: whatever goes wrong means
 * allow, counted and recorded for reconciliation. Answers at once from the cache, else after one primary-key read.
 */
export function checkCredits(ctx: Ctx, input: InteractionKey): GateDecision | Promise<GateDecision> {
  return checkCreditsOf(ctx, [input]);
}

/** As `checkCredits`, for interactions of one organisation that begin at the same moment: the account is read once. */
export function checkCreditsOf(
  ctx: Ctx,
  inputs: readonly InteractionKey[],
): GateDecision | Promise<GateDecision> {
  const [first] = inputs;
  if (!first) throw new Error("nothing to check");
  const facts = cachedFacts(first.orgId, ctx.now().getTime());
  return facts ? decideGate(facts) : checkUncached(ctx, first.orgId, inputs);
}

async function checkUncached(
  ctx: Ctx,
  orgId: string,
  inputs: readonly InteractionKey[],
): Promise<GateDecision> {
  const read = await within(CHECK_BUDGET_MS, () => loadFacts(ctx, orgId));
  if (read.kind === "done") return decideGate(read.value);
  const cause = read.kind === "late" ? "timeout" : "error";
  for (const input of inputs) {
    metrics().failOpens.inc({ channel: input.channel, cause });
    ctx.log.error({ orgId, channel: input.channel, cause, err: read.error }, "credit check failed: allowed");
    recordFailOpen({ ...input, cause, at: ctx.now() });
  }
  return decideGate({ unknown: cause });
}
