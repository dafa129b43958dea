import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { type ConversationDto, type ConversationsDto, LISTS_KEY } from "@/lib/inbox/client";

/** A conversation as one of the lists that were read has it. */
export function knownConversation(queries: QueryClient, id: string): ConversationDto | undefined {
  const lists = queries.getQueriesData<InfiniteData<ConversationsDto>>({ queryKey: LISTS_KEY });
  return lists
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap(({ conversations }) => conversations)
    .find((one) => one.id === id);
}
