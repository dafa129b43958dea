import { queryOptions } from "@tanstack/react-query";
import type { Counts } from "./count-conversations";
import type { EventDto, MessageDto, ThreadDto, ThreadPartDto } from "./get-conversation";
import type { CustomerDto } from "./get-customer";
import { shareThread } from "./join-thread";
import type { CannedResponseDto, KnownDto } from "./list-canned-responses";
import type { ConversationDto, ConversationsAsked, ConversationsDto } from "./list-conversations";
import type { MAX_CAPTION, MAX_REPLY } from "./reply";
import { ALSO_HIDDEN } from "./waiting-client";

export type {
  CannedResponseDto,
  ConversationDto,
  ConversationsDto,
  Counts,
  CustomerDto,
  EventDto,
  MessageDto,
  ThreadDto,
  ThreadPartDto,
};
export type MediaDto = MessageDto["media"][number];
export type PersonDto = NonNullable<ConversationDto["holder"]>;
export type ThreadHeadDto = ThreadDto["conversation"];

/** What the server takes, in characters. The type is the server's own: a change there does not compile here. */
export const REPLY_LIMIT: typeof MAX_REPLY = { whatsapp: 4_096, sms: 1_600, diagnostics: 4_096 };

/** The same, below a file. */
export const CAPTION_LIMIT: typeof MAX_CAPTION = 1_024;

export const NOTE_LIMIT = 4_096;

/** A list: one view, narrowed, or what a search finds. */
export type ListAsked = Pick<ConversationsAsked, "view" | "channel" | "reason" | "search">;

/** What stands behind the `?` of a list's address, here and at the API; nothing for what is shown without it. */
export function listParams({ view, channel, reason, search }: ListAsked): URLSearchParams {
  const given = { filter: view === "open" ? undefined : view, channel, reason, search: search || undefined };
  return new URLSearchParams(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Every list that was read; each part of the key after these is one list. */
export const LISTS_KEY = ["messages", "list"];

/** The pages of a list. How they are read is the browser's or the server's own. */
export const listPages = (asked: ListAsked) => ({
  queryKey: [...LISTS_KEY, listParams(asked).toString()],
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: ConversationsDto) => nextCursor,
});

export const listPath = (asked: ListAsked, cursor: string | null): string => {
  const params = listParams(asked);
  if (cursor !== null) params.set("cursor", cursor);
  return `/api/messages/conversations?${params}`;
};

/** How many conversations each view has. */
export const countsQuery = () => queryOptions<Counts>({ queryKey: ["messages", "counts"] });

/** The latest few that want a person, for the start page: it is rendered with them, where those of every page come a moment later. */
export const LATEST_WAITING = 3;
export const latestWaitingQuery = () =>
  queryOptions<ConversationsDto>({
    queryKey: ["messages", `conversations?filter=attention&limit=${LATEST_WAITING}`],
  });

/** The member’s own conversations, the latest of them. */
export const mineQuery = () =>
  queryOptions<ConversationsDto>({
    queryKey: ["messages", "conversations?filter=mine&limit=20"],
    meta: ALSO_HIDDEN,
  });

export const threadQuery = (id: string) =>
  queryOptions<ThreadDto>({ queryKey: ["messages", "conversations", id], structuralSharing: shareThread });

/** Who writes in a conversation, and what the garage knows of them: old whenever their conversation is. */
export const customerQuery = (id: string) =>
  queryOptions<CustomerDto>({ queryKey: ["messages", "conversations", id, "customer"] });

/** Where the conversation with a number is made, or found. */
export const START_PATH = "/api/messages/conversations";

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
