import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { gateNow } from "@/lib/credits/gate-now";
import { messagesOnlySince } from "./core/messages-only";
import { callsOf } from "./store/call-log";

export type AnsweringDto = {
  /** Since when the message-taker answers every call, for want of credits; null while calls are answered in full. */
  readonly messagesOnlySince: string | null;
};

const CALLS_LOOKED_AT = 200;

/** How the next call would be answered. Needs `voice.calls.view`; says nothing of credits, which that permission does not see. */
export async function getAnswering(ctx: Ctx, orgId: string): Promise<AnsweringDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const gate = await gateNow(asSystem(ctx, "calls"), orgId);
  if (gate.kind === "allow") return { messagesOnlySince: null };
  const since = messagesOnlySince(await callsOf(orgId, CALLS_LOOKED_AT));
  return { messagesOnlySince: since?.toISOString() ?? null };
}
