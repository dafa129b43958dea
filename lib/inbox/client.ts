import { queryOptions } from "@tanstack/react-query";
import type { EventDto, MessageDto, ThreadDto, ThreadPartDto } from "./get-conversation";
import type { WaitingDto } from "./get-waiting";
import { shareThread } from "./join-thread";
import type { CannedResponseDto, KnownDto } from "./list-canned-responses";
import type { ConversationDto, ConversationsDto } from "./list-conversations";
import type { MAX_CAPTION, MAX_REPLY } from "./reply";

export type {
  CannedResponseDto,
  ConversationDto,
  ConversationsDto,
  EventDto,
  MessageDto,
  ThreadDto,
  ThreadPartDto,
};
export type MediaDto = MessageDto["media"][number];
export type PersonDto = NonNullable<ConversationDto["holder"]>;
export type ThreadHeadDto = ThreadDto["conversation"];

export const LIST_LIMIT = 100;

/** What the server takes, in characters. The type is the server's own: a change there does not compile here. */
export const REPLY_LIMIT: typeof MAX_REPLY = { whatsapp: 4_096, sms: 1_600, diagnostics: 4_096 };

/** The same, below a file. */
export const CAPTION_LIMIT: typeof MAX_CAPTION = 1_024;

export const NOTE_LIMIT = 4_096;

export const conversationsQuery = () =>
  queryOptions<ConversationsDto>({ queryKey: ["messages", `conversations?limit=${LIST_LIMIT}`] });

/** What waits for a person: its key begins like every query of the inbox, so that the same events make it old. */
export const waitingQuery = () => queryOptions<WaitingDto>({ queryKey: ["messages", "waiting"] });

export const threadQuery = (id: string) =>
  queryOptions<ThreadDto>({ queryKey: ["messages", "conversations", id], structuralSharing: shareThread });

/** What stands before a message of a conversation. */
export const earlierPath = (id: string, before: string): string =>
  `/api/messages/conversations/${id}?before=${before}`;

/** Who of the garage may reply, by name. */
export const membersQuery = () =>
  queryOptions<{ readonly members: readonly PersonDto[] }>({ queryKey: ["messages", "members"] });

const CANNED = "canned-responses";

/** The words that the garage's people use again and again, and what fills them in in a conversation. */
export const cannedResponsesQuery = (conversationId: string) =>
  queryOptions<{ readonly cannedResponses: readonly CannedResponseDto[]; readonly known: KnownDto }>({
    queryKey: ["messages", `${CANNED}?conversation=${conversationId}`],
  });

/** Every such query, whichever conversation it is for. */
export const isCannedResponses = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
  queryKey[0] === "messages" && String(queryKey[1]).startsWith(CANNED);

/** Where one is changed; null: where a new one is made. */
export const cannedResponsesPath = (id: string | null): string =>
  `/api/messages/canned-responses${id === null ? "" : `/${id}`}`;

type ConversationAction =
  | "reply"
  | "notes"
  | "take-over"
  | "hand-back"
  | "assign"
  | "done"
  | "reopen"
  | "snooze"
  | "read"
  | "typing";

export const conversationPath = (id: string, action: ConversationAction): string =>
  `/api/messages/conversations/${id}/${action}`;

/** Why nothing can be written to this customer now; null where it can. */
export type ReplyBlock = "opted-out" | "window-closed" | null;

/** When WhatsApp's window ends, which never opened for who has not written; null for channels without one. */
export const windowEnd = ({ channel, windowEndsAt }: ThreadHeadDto): Date | null =>
  channel === "whatsapp" ? new Date(windowEndsAt ?? 0) : null;

/** The server decides again when it sends; this only spares people an attempt that would fail. */
export function replyBlock(conversation: ThreadHeadDto, windowIsOver: boolean): ReplyBlock {
  if (conversation.optedOut) return "opted-out";
  return windowIsOver ? "window-closed" : null;
}
