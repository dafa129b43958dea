import type { Ctx } from "@/lib/auth/context";
import type { InteractionStart } from "@/lib/credits/interaction";
import { settlingBeside } from "@/lib/credits/settle-beside";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { metrics } from "@/lib/shared/metrics";
import { microUsd } from "@/lib/shared/money";
import { assumeStart } from "./assume-start";
import { type CallRef, type CallReport, callerOn } from "./call";
import { callBackOf, type EndedCall } from "./call-back-of";
import { ladderAfter } from "./core/latency-ladder";
import { recentStart } from "./recent-starts";
import { placeCall, storedStart } from "./resolve-call";
import { insertCallBack } from "./store/call-backs";
import { type CallEnd, type LoggedEnd, logEnds } from "./store/call-ends";
import { lockLadder, saveLadder } from "./store/ladder";
import { markReported } from "./store/voice-calls";
import { finishTestCall, isTestCall } from "./test-call";

/** `test`: a call that we made ourselves, which settles nothing. */
export type ReportOutcome = "settled" | "duplicate" | "conflict" | "test" | "unknown-line";

const endCall = settlingBeside<CallEnd, LoggedEnd>("calls", logEnds);

/**
 * A finished call: settled and written to the call log in one round trip, which it shares with all that end meanwhile; then
 * its call-back and its step of the latency ladder, for the calls that have one. No later trouble loses its cost, and each
 * part happens once however often the report comes, so that a delivery after a failure finishes what was left.
 * "unknown-line" where the called line belongs to no garage.
 */
export async function receiveReport(
  ctx: Ctx,
  call: CallRef,
  report: CallReport,
  knownOrgId?: string,
): Promise<ReportOutcome> {
  if (isTestCall(call)) return finishTestCall(ctx, call, report);
  const placed = await placeCall(ctx, call, knownOrgId);
  if (!placed) return "unknown-line";
  const { orgId, line } = placed;
  if (report.connected && report.cost.problem) {
    metrics().voiceCostProblems.inc({ problem: report.cost.problem });
    ctx.log.warn(
      { orgId, callId: call.id, problem: report.cost.problem },
      "a call's cost was missing or refused",
    );
  }
  const ended = { orgId, line, call, report };
  const { outcome, start, isUnfinished } = await endCall(
    ctx,
    toEnd(ctx, { ...ended, start: await likelyStart(ctx, orgId, call, report) }),
  );
  if (outcome.kind === "no_account" || start === undefined) return "unknown-line";
  await finish(ctx, { ...ended, start }, isUnfinished);
  publishLive({ type: "calls/changed", orgId });
  return outcome.kind;
}

/**
 * How the call began if its start was never stored. That is only asked where neither this process nor the call's metadata
 * knows: what is stored comes back from settling.
 */
async function likelyStart(
  ctx: Ctx,
  orgId: string,
  call: CallRef,
  report: CallReport,
): Promise<InteractionStart> {
  const recent = recentStart(orgId, call.id);
  if (recent) return recent;
  const isTold = call.metadata?.mode !== undefined || call.metadata?.isFallback;
  const stored = isTold ? undefined : await storedStart(ctx, orgId, call);
  return stored ?? assumeStart(ctx, orgId, call, report.startedAt ?? call.createdAt ?? ctx.now());
}

function toEnd(ctx: Ctx, { orgId, line, call, report, start }: EndedCall): CallEnd {
  const { startedAt, endedAt, endedReason, durationSeconds, transcript, dialogue, summary, turnLatencyMs } =
    report;
  return {
    orgId,
    channel: "voice",
    providerRef: call.id,
    cost: report.connected ? report.cost.cost : microUsd(0n),
    counted: report.connected,
    start,
    id: ctx.newId(),
    createdAt: call.createdAt ?? startedAt,
    callerNumber: callerOn(line, call),
    callerName: call.callerName,
    startedAt,
    endedAt: endedAt ?? ctx.now(),
    endedReason,
    durationSeconds,
    transcript,
    dialogue,
    summary,
    reportedAt: ctx.now(),
    turnLatencyMs,
  };
}

/** What few calls ask for beside their settling and their place in the log. */
async function finish(ctx: Ctx, ended: EndedCall, isUnfinished: boolean): Promise<void> {
  const callBack = await callBackOf(ended);
  if (!isUnfinished && !callBack) return;
  const { orgId, call, start, report } = ended;
  const key = { orgId, providerCallId: call.id };
  await inTransaction(async (tx) => {
    const first = isUnfinished && (await markReported(tx, key, ctx.now()));
    if (callBack) await insertCallBack(tx, { ...callBack, ...key, id: ctx.newId(), createdAt: ctx.now() });
    if (first && start.mode === "full" && !start.isFallback)
      await takeStep(tx, orgId, start, report.turnLatencyMs);
  });
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
