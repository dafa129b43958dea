import { actorName, type Ctx, requireMember } from "@/lib/auth/context";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { type CallBackRow, callBacksOf, setCallBackDone } from "./store/call-backs";

export type CallBackDto = Omit<CallBackRow, "createdAt" | "doneAt"> & {
  readonly createdAt: string;
  readonly doneAt: string | null;
};

const MAX_CALL_BACKS = 100;

/** Who wants to be rung back: open ones first, oldest of them first. Needs `voice.calls.view`. */
export async function listCallBacks(ctx: Ctx, orgId: string): Promise<CallBackDto[]> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  return (await callBacksOf(orgId, MAX_CALL_BACKS)).map((callBack) => ({
    ...callBack,
    createdAt: callBack.createdAt.toISOString(),
    doneAt: callBack.doneAt?.toISOString() ?? null,
  }));
}

/** Marks that somebody was rung back, or was not after all. Needs `voice.calls.view`. */
export async function markCallBack(ctx: Ctx, orgId: string, id: string, done: boolean): Promise<void> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const found = await setCallBackDone(orgId, id, done ? { at: ctx.now(), by: actorName(ctx.actor) } : null);
  if (!found) throw new AppError("not_found", "There is no such call-back.");
  publishLive({ type: "calls/changed", orgId });
}
