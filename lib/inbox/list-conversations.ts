import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import type { DegradationReason, GateDecision } from "@/lib/credits/core/decide-gate";
import { gateNow } from "@/lib/credits/gate-now";
import { aiPause } from "./core/ai-pause";
import { attentionNow } from "./core/attention";
import { type ConversationState, stateOf } from "./core/conversation-state";
import { type ConversationRow, conversationsOf } from "./store/conversation-list";

export type ConversationDto = Omit<
  ConversationRow,
  "lastMessageAt" | "aiPausedUntil" | "doneAt" | "snoozedUntil" | "windowEndsAt"
> & {
  readonly lastMessageAt: string;
  readonly state: ConversationState;
  /** Until when it is set aside; null where it is not. */
  readonly snoozedUntil: string | null;
  /** The AI is paused for want of credits: the gate's own answer at this moment. */
  readonly degraded: boolean;
  readonly degradationReason: DegradationReason | null;
  /** Until when a message from the garage's own phone pauses the AI; null where none does. */
  readonly aiPausedUntil: string | null;
  /** WhatsApp: when free-form replies end; null where there is no window. */
  readonly windowEndsAt: string | null;
};

const MAX_LIMIT = 200;

/** Conversations, those that want attention first, then the latest. Needs `messages.view`. */
export async function listConversations(ctx: Ctx, orgId: string, limit: number): Promise<ConversationDto[]> {
  const { userId: readerId } = requireMember(ctx.actor, orgId, "messages.view");
  const [gate, rows] = await Promise.all([
    gateNow(asSystem(ctx, "inbox"), orgId),
    conversationsOf({ orgId, readerId }, Math.min(Math.max(1, limit), MAX_LIMIT)),
  ]);
  return rows.map((row) => toConversation(row, gate, ctx.now()));
}

/** A conversation as it stands now: whether the AI is paused in it is asked, never remembered. */
export function toConversation<Row extends ConversationRow>(row: Row, gate: GateDecision, now: Date) {
  const { aiPausedUntil, reason } = aiPause(
    { heldBy: row.holder?.id ?? null, aiPausedUntil: row.aiPausedUntil },
    gate,
    now,
  );
  const { doneAt, snoozedUntil, ...shown } = row;
  const state = stateOf({ doneAt, snoozedUntil }, now);
  return {
    ...shown,
    lastMessageAt: row.lastMessageAt.toISOString(),
    state,
    snoozedUntil: state === "snoozed" && snoozedUntil ? snoozedUntil.toISOString() : null,
    windowEndsAt: row.windowEndsAt?.toISOString() ?? null,
    degraded: reason !== null,
    degradationReason: reason,
    attentionReason: attentionNow(row.attentionReason, reason),
    aiPausedUntil: aiPausedUntil?.toISOString() ?? null,
  };
}
