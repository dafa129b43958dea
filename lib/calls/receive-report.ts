import type { Ctx } from "@/lib/auth/context";
import type { InteractionStart } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { metrics } from "@/lib/shared/metrics";
import { microUsd } from "@/lib/shared/money";
import { assumeStart } from "./assume-start";
import { type CallRef, type CallReport, callerOn } from "./call";
import { callBackOf, type EndedCall } from "./call-back-of";
import { ladderAfter } from "./core/latency-ladder";
import type { CallBackDetails } from "./core/read-call-back";
import { resolveCall } from "./resolve-call";
import { insertCallBack } from "./store/call-backs";
import { lockLadder, saveLadder } from "./store/ladder";
import { moveCall, storeReport } from "./store/voice-calls";

export type ReportOutcome = "settled" | "duplicate" | "conflict" | "unknown-line";

/**
 * A finished call: settled first, so that no later trouble loses its cost, then written to the call log with its
 * call-back and its latency. Each part happens once however often the report comes, so a delivery after a failure
 * finishes what was left. "unknown-line" where the called line belongs to no garage.
 */
export async function receiveReport(
  ctx: Ctx,
  call: CallRef,
  report: CallReport,
  knownOrgId?: string,
): Promise<ReportOutcome> {
  const resolved = await resolveCall(ctx, call, knownOrgId);
  if (!resolved) return "unknown-line";
  const { orgId } = resolved;
  const startedAt = report.startedAt ?? call.createdAt ?? ctx.now();
  const start = resolved.stored ?? (await assumeStart(ctx, orgId, call, startedAt));
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
  if (outcome.kind === "no_account") return "unknown-line";
  const ended = { orgId, line: resolved.line, call, report, start };
  const callBack = await callBackOf(ended);
  await inTransaction((tx) => record(ctx, tx, ended, callBack));
  publishLive({ type: "calls/changed", orgId });
  return outcome.kind;
}

async function record(
  ctx: Ctx,
  tx: Queryable,
  { orgId, line, call, report, start }: EndedCall,
  callBack: CallBackDetails | undefined,
): Promise<void> {
  const { startedAt, endedAt, endedReason, durationSeconds, transcript, summary } = report;
  const key = { orgId, providerCallId: call.id };
  await moveCall(
    ctx.newId(),
    {
      ...key,
      status: "ended",
      createdAt: call.createdAt ?? startedAt ?? start.startedAt,
      callerNumber: callerOn(line, call),
      callerName: call.callerName,
    },
    tx,
  );
  const first = await storeReport(tx, {
    ...key,
    startedAt,
    endedAt: endedAt ?? ctx.now(),
    endedReason,
    durationSeconds,
    transcript,
    summary,
    reportedAt: ctx.now(),
  });
  if (callBack) await insertCallBack(tx, { ...callBack, ...key, id: ctx.newId(), createdAt: ctx.now() });
  if (first && start.mode === "full" && !start.isFallback)
    await takeStep(tx, orgId, start, report.turnLatencyMs);
}

/** Only calls of the ladder's present level count: one that began before the last step is left out. */
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
