import type { Ctx } from "@/lib/auth/context";
import { publishLive } from "@/lib/notify/live";
import type { CallRef, CallReport, CallUpdate } from "./call";
import { placeCall } from "./resolve-call";
import { endTestCall, moveTestCall, type TestCallRef } from "./store/test-calls";

/** Whether a call is one that we made ourselves: we make no other calls than tests, so what goes out is one. */
export const isTestCall = ({ isOutgoing, metadata }: CallRef): boolean =>
  isOutgoing || metadata?.testCallId !== undefined;

/**
 * Keeps what a test call cost us. It settles nothing, writes no call log and asks nobody to ring back. "unknown-line" where it
 * was made from no line of ours.
 */
export async function finishTestCall(
  ctx: Ctx,
  call: CallRef,
  report: CallReport,
): Promise<"test" | "unknown-line"> {
  const which = await testCallOf(ctx, call);
  if (!which) return "unknown-line";
  const isNew = await endTestCall(which, {
    endedAt: report.endedAt ?? ctx.now(),
    endedReason: report.endedReason,
    durationSeconds: report.durationSeconds,
    costMicroUsd: report.cost.cost,
  });
  if (isNew) publishLive({ type: "garage/changed", orgId: which.orgId });
  return "test";
}

/** Moves a test call on; its end is kept with its report. */
export async function followTestCall(
  ctx: Ctx,
  call: CallRef,
  { status }: CallUpdate,
): Promise<"moved" | "unknown-line"> {
  const which = await testCallOf(ctx, call);
  if (!which) return "unknown-line";
  const stage = status === "in-progress" || status === "ringing" ? status : undefined;
  if (stage && (await moveTestCall(which, stage)))
    publishLive({ type: "garage/changed", orgId: which.orgId });
  return "moved";
}

async function testCallOf(ctx: Ctx, call: CallRef): Promise<TestCallRef | undefined> {
  const orgId = call.metadata?.orgId ?? (await placeCall(ctx, call))?.orgId;
  if (orgId === undefined) return undefined;
  return { orgId, id: call.metadata?.testCallId ?? null, providerCallId: call.id };
}
