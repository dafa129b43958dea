import { type Ctx, requireMember } from "@/lib/auth/context";
import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import type { ConversationChannel } from "@/lib/inbox/core/message";
import { conversationsOf } from "./store/conversation-list";

export type ConversationDto = {
  readonly id: string;
  readonly channel: ConversationChannel;
  readonly customer: string;
  readonly lastMessage: string;
  readonly lastMessageAt: string;
  readonly degraded: boolean;
  readonly degradationReason: DegradationReason | null;
  readonly needsAttention: boolean;
  readonly attentionReason: string | null;
  /** The name of the member who holds it; null while the AI does. */
  readonly heldBy: string | null;
};

const MAX_LIMIT = 200;

/** Conversations, those that want attention first, then the latest. Needs `messages.view`. */
export async function listConversations(ctx: Ctx, orgId: string, limit: number): Promise<ConversationDto[]> {
  requireMember(ctx.actor, orgId, "messages.view");
  const rows = await conversationsOf(orgId, Math.min(Math.max(1, limit), MAX_LIMIT));
  return rows.map(({ lastMessageAt, ...row }) => ({ ...row, lastMessageAt: lastMessageAt.toISOString() }));
}
