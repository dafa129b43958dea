import { type Ctx, requireMember } from "@/lib/auth/context";
import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { AppError } from "@/lib/shared/errors";
import { type CallStanding, standingOf } from "./core/standing";
import { type CallRow, callsOf, findCall } from "./store/call-log";

/** One line of the call log. It never holds what the call cost. */
export type CallDto = {
  readonly id: string;
  readonly providerCallId: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly status: CallStanding;
  readonly startedAt: string;
  readonly durationSeconds: number | null;
  readonly level: 0 | 1 | 2 | 3;
  readonly degradationReason: DegradationReason | null;
  readonly isFallback: boolean;
  readonly summary: string | null;
};

export type CallDetailDto = CallDto & {
  readonly transcript: string | null;
  readonly endedReason: string | null;
};

const MAX_LIMIT = 200;

/** The call log, latest first. Needs `voice.calls.view`. */
export async function listCalls(ctx: Ctx, orgId: string, limit: number): Promise<CallDto[]> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const now = ctx.now();
  return (await callsOf(orgId, Math.min(Math.max(1, limit), MAX_LIMIT))).map((call) => toCall(call, now));
}

/** One call with its transcript. Needs `voice.calls.view`; another organisation's is not found. */
export async function getCall(ctx: Ctx, orgId: string, id: string): Promise<CallDetailDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const call = await findCall(orgId, id);
  if (!call) throw new AppError("not_found", "There is no such call.");
  return { ...toCall(call, ctx.now()), transcript: call.transcript, endedReason: call.endedReason };
}

function toCall(
  { startedAt, status, transcript: _transcript, endedReason: _endedReason, ...call }: CallRow,
  now: Date,
): CallDto {
  return { ...call, status: standingOf(status, startedAt, now), startedAt: startedAt.toISOString() };
}
