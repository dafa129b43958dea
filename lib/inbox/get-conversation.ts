import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { gateNow } from "@/lib/credits/gate-now";
import { AppError } from "@/lib/shared/errors";
import { type Attachments, describeAttachments } from "./describe-attachments";
import { type ConversationDto, toConversation } from "./list-conversations";
import { readThread, readThreadHead, type ThreadMessageRow } from "./store/conversation-list";
import { type EventRow, readEvents } from "./store/events";

export type MessageDto = Omit<ThreadMessageRow, "at" | "receivedAt" | "files" | "parts"> &
  Attachments & { readonly at: string };

export type EventDto = Omit<EventRow, "at" | "until"> & {
  readonly at: string;
  readonly until: string | null;
};

export type ThreadDto = {
  readonly conversation: ConversationDto & {
    readonly phone: string | null;
    readonly optedOut: boolean;
    readonly handOffSummary: string | null;
  };
  readonly messages: readonly MessageDto[];
  /** What was done with it, and the team's notes: to be shown between the messages. */
  readonly events: readonly EventDto[];
  /** What the reader has read, once all of this is shown to them: to be given to `read`. */
  readonly readTo: string | null;
};

const MAX_MESSAGES = 500;
const MAX_EVENTS = 500;

/** A conversation, its latest messages and events, oldest first. Needs `messages.view`; another organisation's is not found. */
export async function getConversation(ctx: Ctx, orgId: string, id: string): Promise<ThreadDto> {
  const { userId: readerId } = requireMember(ctx.actor, orgId, "messages.view");
  const [gate, head, messages, events] = await Promise.all([
    gateNow(asSystem(ctx, "inbox"), orgId),
    readThreadHead({ orgId, readerId }, id),
    readThread(orgId, id, MAX_MESSAGES),
    readEvents(orgId, id, MAX_EVENTS),
  ]);
  if (!head) throw new AppError("not_found", "There is no such conversation.");
  return {
    conversation: toConversation(head, gate, ctx.now()),
    messages: messages.map(toMessage),
    events: events.map((event) => ({
      ...event,
      at: event.at.toISOString(),
      until: event.until?.toISOString() ?? null,
    })),
    readTo: readToOf(messages),
  };
}

function toMessage({ files, parts, at, receivedAt: _, ...message }: ThreadMessageRow): MessageDto {
  return { ...message, ...describeAttachments({ ...message, files, parts }), at: at.toISOString() };
}

/** By receipt: a message that comes late stands further up, and is unread all the same. */
function readToOf(messages: readonly ThreadMessageRow[]): string | null {
  const received = messages
    .filter(({ author }) => author === "customer")
    .map(({ receivedAt }) => +receivedAt);
  return received.length === 0 ? null : new Date(Math.max(...received)).toISOString();
}
