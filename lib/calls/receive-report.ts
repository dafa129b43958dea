import type { Ctx } from "@/lib/auth/context";
import type { InteractionStart } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { metrics } from "@/lib/shared/metrics";
import { microUsd } from "@/lib/shared/money";
import { countryOf, toE164 } from "@/lib/shared/phone-number";
import { assumeStart } from "./assume-start";
import type { CallRef, CallReport } from "./call";
import { ladderAfter } from "./core/latency-ladder";
import { recordCallBack } from "./record-call-back";
import { resolveCall } from "./resolve-call";
import { lockLadder, saveLadder } from "./store/ladder";
import { moveCall, storeReport } from "./store/voice-calls";

export type ReportOutcome = "settled" | "duplicate" | "conflict" | "nobody";

type Ended = {
  readonly orgId: string;
  readonly call: CallRef;
  readonly report: CallReport;
  readonly start: InteractionStart;
};

/**
 * A finished call: settled first, so that no later trouble loses its cost, then written to the call log with its
 * call-back and its latency. Each part happens once however often the report comes, so a delivery after a failure
 * finishes what was left. "nobody" where the called line belongs to no organisation.
 */
export async function receiveReport(
  ctx: Ctx,
  call: CallRef,
  report: CallReport,
  knownOrgId?: string,
): Promise<ReportOutcome> {
  const resolved = await resolveCall(ctx, call, knownOrgId);
  if (!resolved) return "nobody";
  const { orgId } = resolved;
  const startedAt = report.startedAt ?? call.createdAt ?? ctx.now();
  const start = resolved.stored ?? assumeStart(call, startedAt);
  if (report.connected && report.cost.problem) {
    metrics.voiceCostProblems.inc({ problem: report.cost.problem });
    ctx.log.warn(
      { orgId, callId: call.id, problem: report.cost.problem },
      "a call's cost was missing or refused",
    );
  }
  const outcome = await settleInteraction(ctx, {
    orgId,
    channel: "voice",
    providerRef: call.id,
    cost: report.connected ? report.cost.cost : microUsd(0n),
    counted: report.connected,
    start,
  });
  if (outcome.kind === "no_account") return "nobody";
  await inTransaction((tx) => record(ctx, tx, { orgId, call, report, start }));
  publishLive({ type: "calls/changed", orgId });
  return outcome.kind;
}

async function record(ctx: Ctx, tx: Queryable, { orgId, call, report, start }: Ended): Promise<void> {
  const { startedAt, endedAt, endedReason, durationSeconds, transcript, summary } = report;
  const createdAt = call.createdAt ?? startedAt ?? start.startedAt;
  const { callerNumber, callerName } = call;
  await moveCall(
    ctx.newId(),
    { orgId, providerCallId: call.id, status: "ended", createdAt, callerNumber, callerName },
    tx,
  );
  const first = await storeReport(tx, {
    orgId,
    providerCallId: call.id,
    startedAt,
    endedAt: endedAt ?? ctx.now(),
    endedReason,
    durationSeconds,
    transcript,
    summary,
    reportedAt: ctx.now(),
  });
  if (report.connected && (start.mode === "degraded" || start.isFallback)) {
    const countries = [countryOf(callerNumber), countryOf(toE164(call.called[0]))];
    await recordCallBack(
      ctx,
      {
        orgId,
        providerCallId: call.id,
        structured: report.structured,
        transcript,
        summary,
        callerNumber,
        toDialable: (text) => toE164(text, countries),
      },
      tx,
    );
  }
  if (first && start.mode === "full" && !start.isFallback)
    await takeStep(tx, orgId, start, report.turnLatencyMs);
}

/** A call says something about its own level only: one that began before the last step is left out. */
async function takeStep(
  tx: Queryable,
  orgId: string,
  start: InteractionStart,
  turnLatencyMs?: number,
): Promise<void> {
  if (turnLatencyMs === undefined) return;
  const ladder = await lockLadder(tx, orgId);
  if (ladder.level === start.level) await saveLadder(tx, orgId, ladderAfter(ladder, turnLatencyMs));
}
