import { type Ctx, requireMember } from "@/lib/auth/context";
import { readCursor, writeCursor } from "@/lib/db/moment-cursor";
import { AppError } from "@/lib/shared/errors";
import type { CallTurn } from "./call";
import type { CallsAsked } from "./calls-asked";
import { searchTerms } from "./core/search-terms";
import { type CallStanding, LONGEST_CALL_MS, standingOf } from "./core/standing";
import { type CallRow, callPage, callsGoingOn, findCall } from "./store/call-log";

/** One line of the call log. It never holds what the call cost. */
export type CallDto = Omit<CallRow, "status" | "startedAt" | "createdAt"> & {
  readonly status: CallStanding;
  readonly startedAt: string;
};

export type CallDetailDto = CallDto & {
  readonly transcript: string | null;
  /** Turn by turn, where the provider told it; `transcript` is its text. */
  readonly dialogue: readonly CallTurn[] | null;
  readonly endedReason: string | null;
};

export type CallPageDto = { readonly calls: readonly CallDto[]; readonly nextCursor: string | null };

const MAX_LIMIT = 200;

/** The call log, latest first, by pages. Needs `voice.calls.view`. Throws invalid_input for a cursor that is none of ours. */
export async function listCalls(
  ctx: Ctx,
  orgId: string,
  asked: CallsAsked & { readonly limit: number },
): Promise<CallPageDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const limit = Math.min(Math.max(1, asked.limit), MAX_LIMIT);
  const search = searchTerms(asked.search ?? "");
  const after = asked.cursor === undefined ? undefined : readCursor(asked.cursor);
  if (after === null) throw new AppError("invalid_input", "Check cursor.", { field: "cursor" });
  const rows = await callPage(orgId, { filter: asked.filter, search, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const now = ctx.now();
  return {
    calls: shown.map((call) => toCall(call, now)),
    nextCursor: rows.length > limit && last ? writeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

/** Calls that go on at this moment, the longest first. Needs `voice.calls.view`. */
export async function listLiveCalls(ctx: Ctx, orgId: string): Promise<CallDto[]> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const now = ctx.now();
  const rows = await callsGoingOn(orgId, new Date(now.getTime() - 2 * LONGEST_CALL_MS));
  return rows.map((call) => toCall(call, now)).filter(({ status }) => status !== "end-unknown");
}

/** One call with its transcript. Needs `voice.calls.view`; another organisation's is not found. */
export async function getCall(ctx: Ctx, orgId: string, id: string): Promise<CallDetailDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const call = await findCall(orgId, id);
  if (!call) throw new AppError("not_found", "There is no such call.");
  const { transcript, dialogue, endedReason } = call;
  return { ...toCall(call, ctx.now()), transcript, dialogue, endedReason };
}

function toCall(row: CallRow, now: Date): CallDto {
  const { id, providerCallId, callerNumber, callerName, startedAt, durationSeconds, summary } = row;
  const { answer, isForwarded, level, degradationReason, isFallback, callBack } = row;
  return {
    ...{ id, providerCallId, callerNumber, callerName, durationSeconds, summary },
    ...{ answer, isForwarded, level, degradationReason, isFallback, callBack },
    status: standingOf(row.status, startedAt, now),
    startedAt: startedAt.toISOString(),
  };
}
