import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { readCallBack, type TakenMessage, type ToDialable } from "./core/read-call-back";
import { insertCallBack } from "./store/call-backs";

export type RecordCallBackInput = TakenMessage & {
  readonly orgId: string;
  readonly providerCallId: string;
  readonly toDialable: ToDialable;
};

/**
 * Puts a message-taker's call on the list of people to ring back, once a call. Nothing where the caller withheld their
 * number and said nothing.
 */
export async function recordCallBack(ctx: Ctx, input: RecordCallBackInput, tx: Queryable): Promise<void> {
  requireSystem(ctx.actor);
  const details = readCallBack(input, input.toDialable);
  if (!details) return;
  const { orgId, providerCallId } = input;
  await insertCallBack(tx, { ...details, orgId, providerCallId, id: ctx.newId(), createdAt: ctx.now() });
}
