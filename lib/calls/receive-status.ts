import type { Ctx } from "@/lib/auth/context";
import { publishLive } from "@/lib/notify/live";
import { type CallRef, type CallUpdate, callerOn } from "./call";
import { placeCall } from "./resolve-call";
import { type CallStatus, moveCall } from "./store/voice-calls";
import { followTestCall, isTestCall } from "./test-call";

const OURS: Readonly<Record<string, CallStatus>> = {
  scheduled: "ringing",
  queued: "ringing",
  ringing: "ringing",
  "in-progress": "in-progress",
  forwarding: "forwarding",
  ended: "ended",
};

const MAX_REASON = 200;

/**
 * Moves the call log on. Updates come in any order and more than once; the log never goes back.
 * "unknown-line" where the line belongs to no garage, "other" for a status that tells nothing of the call's progress.
 */
export async function receiveStatus(
  ctx: Ctx,
  call: CallRef,
  update: CallUpdate,
): Promise<"moved" | "unknown-line" | "other"> {
  const status = Object.hasOwn(OURS, update.status) ? OURS[update.status] : undefined;
  if (!status) return "other";
  if (isTestCall(call)) return followTestCall(ctx, call, update);
  const placed = await placeCall(ctx, call);
  if (!placed) return "unknown-line";
  const at = update.at ?? ctx.now();
  await moveCall(ctx.newId(), {
    orgId: placed.orgId,
    providerCallId: call.id,
    status,
    createdAt: call.createdAt ?? at,
    callerNumber: callerOn(placed.line, call),
    callerName: call.callerName,
    startedAt: status === "in-progress" ? at : undefined,
    endedAt: status === "ended" ? at : undefined,
    endedReason: update.endedReason?.slice(0, MAX_REASON),
  });
  publishLive({ type: "calls/changed", orgId: placed.orgId });
  return "moved";
}
