import { colleagueWith } from "@/lib/auth/colleagues";
import { actorName, type Ctx, requireMember, requireSystem } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { type AttemptOutcome, closesCallBack } from "./attempt-outcomes";
import { groupCallBacks } from "./core/group-call-backs";
import { insertAttempt, isOtherAttempt, undoAttempt } from "./store/attempts";
import {
  type CallBackRow,
  callBacksOf,
  countOpenCallBacks,
  setAssignee,
  setCallBackDone,
  takeFromLeaver,
} from "./store/call-backs";

/** One message of somebody who wants to be rung back. */
export type CallBackCallDto = {
  readonly id: string;
  readonly callId: string | null;
  readonly name: string | null;
  readonly reason: string | null;
  readonly createdAt: string;
};

/** Everybody who rang from one number and waits, or was rung back together: `calls` has each message, oldest first. */
export type CallBackDto = Omit<CallBackRow, "createdAt" | "doneAt"> & {
  readonly createdAt: string;
  readonly doneAt: string | null;
  readonly calls: readonly CallBackCallDto[];
};

export type CallBacksDto = {
  readonly callBacks: readonly CallBackDto[];
  /** All that are open, also those that are not listed. */
  readonly waiting: number;
};

/** What is changed: one call-back, and others of the same number with it. */
type Chosen = { readonly id: string; readonly also: readonly string[] };

const LIMITS = { open: 500, done: 50 };

/** Who wants to be rung back: open ones first, longest waiting first, by their numbers. Needs `voice.calls.view`. */
export async function listCallBacks(ctx: Ctx, orgId: string): Promise<CallBacksDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const { rows, waiting } = await callBacksOf(orgId, LIMITS);
  return { callBacks: groupCallBacks(rows).map(toCallBack), waiting };
}

export type CallBacksWaitingDto = {
  /** How many are open, a thousand at most. */
  readonly count: number;
};

/** How many wait to be rung back, for every page to show. Needs `voice.calls.view`. */
export async function countCallBacks(ctx: Ctx, orgId: string): Promise<CallBacksWaitingDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  return { count: await countOpenCallBacks(orgId) };
}

/** Marks that somebody was rung back, or was not after all. Needs `voice.calls.view`. */
export async function markCallBack(ctx: Ctx, orgId: string, chosen: Chosen, done: boolean): Promise<void> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const mark = done ? { at: ctx.now(), by: actorName(ctx.actor) } : null;
  changed(orgId, await setCallBackDone({ orgId, ...chosen }, mark));
}

/**
 * Keeps what became of an attempt to ring back; "spoke" closes what is still open. The same `key` twice is one attempt,
 * and a conflict where it was another one's. Needs `voice.calls.view`.
 */
export async function recordAttempt(
  ctx: Ctx,
  orgId: string,
  chosen: Chosen,
  { key, outcome }: { readonly key: string; readonly outcome: AttemptOutcome },
): Promise<void> {
  const { userId } = requireMember(ctx.actor, orgId, "voice.calls.view");
  const closes = closesCallBack(outcome);
  const attempt = { id: key, outcome, closes, userId, by: actorName(ctx.actor), at: ctx.now() };
  if (await isOtherAttempt({ orgId, id: chosen.id }, attempt))
    throw new AppError("conflict", "This was not kept: its key belongs to another attempt. Try again.");
  changed(orgId, await insertAttempt({ orgId, ...chosen }, attempt));
}

/** Undoes an attempt that was recorded by mistake, whoever recorded it. Needs `voice.calls.view`. */
export async function takeBackAttempt(ctx: Ctx, orgId: string, id: string, attemptId: string): Promise<void> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  changed(orgId, await undoAttempt(orgId, id, attemptId, ctx.now()));
}

/** Gives call-backs to a member who sees calls, or to nobody. Needs `voice.calls.view`; throws invalid_input for anybody else. */
export async function assignCallBack(
  ctx: Ctx,
  orgId: string,
  chosen: Chosen,
  assigneeId: string | null,
): Promise<void> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const found = await inTransaction(async (tx) => {
    if (
      assigneeId !== null &&
      !(await colleagueWith(tx, ctx, orgId, { permission: "voice.calls.view", userId: assigneeId }))
    )
      throw new AppError("invalid_input", "Choose somebody of your team who sees calls.", {
        field: "userId",
      });
    return setAssignee(tx, { orgId, ...chosen }, assigneeId);
  });
  changed(orgId, found);
}

/** Whoever has left a garage, or sees its calls no longer, looks after no call-back there. For the system only. */
export async function releaseCallBacks(
  ctx: Ctx,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
): Promise<void> {
  requireSystem(ctx.actor);
  if ((await takeFromLeaver(orgId, userId)) > 0) publishLive({ type: "calls/changed", orgId });
}

function changed(orgId: string, found: boolean): void {
  if (!found) throw new AppError("not_found", "There is no such call-back.");
  publishLive({ type: "calls/changed", orgId });
}

/** The first of a number stands for all of them; what a later one alone says is not lost. */
function toCallBack(group: readonly [CallBackRow, ...CallBackRow[]]): CallBackDto {
  const [first] = group;
  const attempts = new Map(group.flatMap((one) => one.attempts.map((attempt) => [attempt.id, attempt])));
  return {
    ...first,
    name: group.findLast(({ name }) => name !== null)?.name ?? null,
    assignee: group.findLast(({ assignee }) => assignee !== null)?.assignee ?? null,
    attempts: [...attempts.values()].sort((a, b) => a.at.localeCompare(b.at)),
    createdAt: first.createdAt.toISOString(),
    doneAt: first.doneAt?.toISOString() ?? null,
    calls: group.map(({ id, callId, name, reason, createdAt }) => ({
      ...{ id, callId, name, reason },
      createdAt: createdAt.toISOString(),
    })),
  };
}
