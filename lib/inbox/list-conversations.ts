import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import type { DegradationReason, GateDecision } from "@/lib/credits/core/decide-gate";
import { gateNow } from "@/lib/credits/gate-now";
import { AppError } from "@/lib/shared/errors";
import { aiPause } from "./core/ai-pause";
import { attentionNow } from "./core/attention";
import { fromCursor, toCursor, type View } from "./core/conversation-page";
import { type ConversationState, stateOf } from "./core/conversation-state";
import type { ConversationChannel } from "./core/message";
import { searchFor } from "./search-for";
import type { ConversationRow } from "./store/conversation-list";
import { readPage } from "./store/conversation-page";

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

export type ConversationsDto = {
  readonly conversations: readonly ConversationDto[];
  /** For the page after this one; null where there is none. */
  readonly nextCursor: string | null;
};

/** A search looks through every state: then `view` says nothing. */
export type ConversationsAsked = {
  readonly view?: View | undefined;
  readonly channel?: ConversationChannel | undefined;
  /** Why the latest message began degraded. */
  readonly reason?: DegradationReason | undefined;
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

const PAGE = 50;
const MAX_LIMIT = 200;

/**
 * A page of conversations, those that want attention first, then the latest. A cursor names a place in that order: what
 * arrives meanwhile moves nobody who stands behind it. Needs `messages.view`; throws invalid_input for what is no cursor.
 */
export async function listConversations(
  ctx: Ctx,
  orgId: string,
  asked: ConversationsAsked = {},
): Promise<ConversationsDto> {
  const { userId: readerId } = requireMember(ctx.actor, orgId, "messages.view");
  const after = asked.cursor === undefined ? undefined : fromCursor(asked.cursor);
  if (asked.cursor !== undefined && !after)
    throw new AppError("invalid_input", "This is no cursor of this list.", { field: "cursor" });
  const limit = Math.min(Math.max(1, asked.limit ?? PAGE), MAX_LIMIT);
  const system = asSystem(ctx, "inbox");
  const found = asked.search?.trim() ? await searchFor(system, orgId, asked.search) : undefined;
  const { view = "open", channel, reason } = asked;
  const now = ctx.now();
  const [gate, rows] = await Promise.all([
    gateNow(system, orgId),
    readPage({ orgId, readerId, now, view, channel, reason, found, after, limit: limit + 1 }),
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    conversations: page.map(({ sortedAt: _, ...row }) => toConversation(row, gate, now)),
    nextCursor: last && rows.length > limit ? toCursor(last) : null,
  };
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
