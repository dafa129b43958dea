import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import type { DegradationReason, GateDecision } from "@/lib/credits/core/decide-gate";
import { gateNow } from "@/lib/credits/gate-now";
import { aiPause } from "./core/ai-pause";
import { attentionNow } from "./core/attention";
import { type ConversationRow, conversationsOf } from "./store/conversation-list";

export type ConversationDto = Omit<ConversationRow, "lastMessageAt" | "aiPausedUntil"> & {
  readonly lastMessageAt: string;
  /** The AI is paused for want of credits: the gate's own answer at this moment. */
  readonly degraded: boolean;
  readonly degradationReason: DegradationReason | null;
  /** Until when a message from the garage's own phone pauses the AI; null where none does. */
  readonly aiPausedUntil: string | null;
};

const MAX_LIMIT = 200;

/** Conversations, those that want attention first, then the latest. Needs `messages.view`. */
export async function listConversations(ctx: Ctx, orgId: string, limit: number): Promise<ConversationDto[]> {
  requireMember(ctx.actor, orgId, "messages.view");
  const [gate, rows] = await Promise.all([
    gateNow(asSystem(ctx, "inbox"), orgId),
    conversationsOf(orgId, Math.min(Math.max(1, limit), MAX_LIMIT)),
  ]);
  return rows.map((row) => toConversation(row, gate, ctx.now()));
}

/** A conversation as it stands now: whether the AI is paused in it is asked, never remembered. */
export function toConversation<Row extends ConversationRow>(row: Row, gate: GateDecision, now: Date) {
  const { aiPausedUntil, reason } = aiPause(row, gate, now);
  return {
    ...row,
    lastMessageAt: row.lastMessageAt.toISOString(),
    degraded: reason !== null,
    degradationReason: reason,
    attentionReason: attentionNow(row.attentionReason, reason),
    aiPausedUntil: aiPausedUntil?.toISOString() ?? null,
  };
}
