import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { gateNow } from "@/lib/credits/gate-now";
import { messagesOnlySince } from "./core/messages-only";
import { answersOf } from "./store/call-log";

export type AnsweringDto = {
  /** Since when the message-taker answers every call, for want of credits; null while calls are answered in full. */
  readonly messagesOnlySince: string | null;
  /** Why; null while calls are answered in full. */
  readonly reason: DegradationReason | null;
};

/** More than ring within a weekend. */
const CALLS_LOOKED_AT = 2_000;

/** How the next call would be answered. Needs `voice.calls.view`; says nothing of credits, which that permission does not see. */
export async function getAnswering(ctx: Ctx, orgId: string): Promise<AnsweringDto> {
  requireMember(ctx.actor, orgId, "voice.calls.view");
  const gate = await gateNow(asSystem(ctx, "calls"), orgId);
  if (gate.kind === "allow") return { messagesOnlySince: null, reason: null };
  const since = messagesOnlySince(await answersOf(orgId, CALLS_LOOKED_AT));
  return { messagesOnlySince: since?.toISOString() ?? null, reason: gate.reason };
}
