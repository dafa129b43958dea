import type { Ctx } from "@/lib/auth/context";
import { describeError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import type { CallProvider, KeptCall } from "./call";
import { receiveReport } from "./receive-report";
import { placeCall } from "./resolve-call";
import { findReported, listUnreported } from "./store/unreported";

/**
 * `waiting`: not over, or ended just now. `unknown`: the provider has no such call. `unknown-line`: on a line that no
 * garage has.
 */
type Outcome = "settled" | "reported" | "waiting" | "unknown" | "unknown-line" | "failed";

export type CallReconciliation = Readonly<Record<Outcome, number>>;

const MINUTE_MS = 60_000;
const LISTED_MS = 24 * 60 * MINUTE_MS;
/** A call of ours that has no report after this long is given up: the provider keeps no more. */
const STORED_MS = 3 * 24 * 60 * MINUTE_MS;
/** Long enough for a report to come by itself. */
const GRACE_MS = 5 * MINUTE_MS;

/**
 * Finds finished calls whose report never came, or was lost on our side, and puts them through the report's own path:
 * those the provider lists for the last day, whether we ever saw them or not, and older ones of ours one by one.
 * One that fails is logged and tried again next time. Throws unavailable where the provider does not answer.
 */
export async function reconcileCalls(ctx: Ctx, provider: CallProvider): Promise<CallReconciliation> {
  const now = ctx.now().getTime();
  const listed = await provider.callsSince(new Date(now - LISTED_MS));
  const stored = await listUnreported(new Date(now - STORED_MS), new Date(now - GRACE_MS));
  const orgOf = new Map(stored.map(({ orgId, callId }) => [callId, orgId]));
  const tally: Record<Outcome, number> = {
    settled: 0,
    reported: 0,
    waiting: 0,
    unknown: 0,
    "unknown-line": 0,
    failed: 0,
  };
  const count = (outcome: Outcome): void => {
    tally[outcome] += 1;
    metrics().voiceReconciled.inc({ outcome });
  };
  const seen = new Set<string>();
  for (const { id, read } of listed) {
    seen.add(id);
    count(await attempt(ctx, id, async () => reconcile(ctx, read(), orgOf.get(id))));
  }
  for (const { orgId, callId } of stored.filter((call) => !seen.has(call.callId))) {
    count(
      await attempt(ctx, callId, async () => {
        const kept = await provider.callById(callId);
        return kept ? reconcile(ctx, kept, orgId) : "unknown";
      }),
    );
  }
  if (tally.settled + tally.failed + tally.unknown > 0)
    ctx.log.info(tally, "reconciled calls with the provider");
  return tally;
}

async function attempt(ctx: Ctx, callId: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    ctx.log.error({ callId, error: describeError(error) }, "a call could not be reconciled");
    return "failed";
  }
}

async function reconcile(
  ctx: Ctx,
  { call, report, ended }: KeptCall,
  knownOrgId: string | undefined,
): Promise<Outcome> {
  const over = report.endedAt ?? call.createdAt;
  if (!ended || !over || over.getTime() > ctx.now().getTime() - GRACE_MS) return "waiting";
  const orgId = knownOrgId ?? (await placeCall(ctx, call))?.orgId;
  if (orgId === undefined) return "unknown-line";
  if (knownOrgId === undefined && (await findReported([{ orgId, callId: call.id }])).size > 0)
    return "reported";
  const outcome = await receiveReport(ctx, call, report, knownOrgId);
  if (outcome === "test") return "reported";
  return outcome === "unknown-line" ? "unknown-line" : "settled";
}
