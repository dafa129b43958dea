import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { gateNow } from "@/lib/credits/gate-now";
import { AppError } from "@/lib/shared/errors";
import { type ConversationDto, toConversation } from "./list-conversations";
import { readThread, readThreadHead, type ThreadMessageRow } from "./store/conversation-list";

export type MessageDto = Omit<ThreadMessageRow, "at"> & { readonly at: string };

export type ThreadDto = {
  readonly conversation: ConversationDto & {
    readonly phone: string | null;
    readonly optedOut: boolean;
    readonly handOffSummary: string | null;
  };
  readonly messages: readonly MessageDto[];
};

const MAX_MESSAGES = 500;

/** A conversation and its messages, oldest first. Needs `messages.view`; another organisation's is not found. */
export async function getConversation(ctx: Ctx, orgId: string, id: string): Promise<ThreadDto> {
  const { userId: readerId } = requireMember(ctx.actor, orgId, "messages.view");
  const [gate, head, messages] = await Promise.all([
    gateNow(asSystem(ctx, "inbox"), orgId),
    readThreadHead({ orgId, readerId }, id),
    readThread(orgId, id, MAX_MESSAGES),
  ]);
  if (!head) throw new AppError("not_found", "There is no such conversation.");
  return {
    conversation: toConversation(head, gate, ctx.now()),
    messages: messages.map((message) => ({ ...message, at: message.at.toISOString() })),
  };
}
