"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError, sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import {
  type ConversationDto,
  type ConversationsDto,
  conversationPath,
  LISTS_KEY,
  type PersonDto,
  threadQuery,
} from "@/lib/inbox/client";
import { WORK } from "./being-ended";
import { useOpenConversation } from "./use-open-conversation";
import { outboxSettled } from "./use-outbox";
import { customerName } from "./words";

export type Work =
  | { readonly kind: "assign"; readonly to: PersonDto | null }
  | { readonly kind: "done" }
  | { readonly kind: "reopen" }
  | { readonly kind: "snooze"; readonly until: Date };

const REFUSED: Readonly<Record<Work["kind"], string>> = {
  assign: "Not assigned",
  done: "Not marked as done",
  reopen: "Not reopened",
  snooze: "Not snoozed",
};

const UNSENT = "Something that you wrote in it was not sent. It is kept there.";

/** What is done, and the `readTo` of what the page showed when it was: a later message of the customer's refuses done and snooze. */
type Pressed = Work & { readonly readTo: string | null | undefined };

const bodyOf = ({ readTo, ...work }: Pressed): object => {
  switch (work.kind) {
    case "assign":
      return { userId: work.to?.id ?? null };
    case "done":
      return { readTo };
    case "reopen":
      return {};
    case "snooze":
      return { until: work.until.toISOString(), readTo };
  }
};

/** What changes at once; the server's answer follows. */
function changed(work: Work): Partial<ConversationDto> {
  switch (work.kind) {
    case "assign":
      return { assignee: work.to };
    case "done":
      return {
        state: "done",
        holder: null,
        needsAttention: false,
        attentionReason: null,
        snoozedUntil: null,
      };
    case "reopen":
      return { state: "open", snoozedUntil: null };
    case "snooze":
      return { state: "snoozed", snoozedUntil: work.until.toISOString() };
  }
}

const withRow = (page: ConversationsDto, id: string, part: Partial<ConversationDto>): ConversationsDto => ({
  ...page,
  conversations: page.conversations.map((row) => (row.id === id ? { ...row, ...part } : row)),
});

/**
 * Works a conversation off: gives it to somebody, ends it, opens it again or sets it aside, in the order of pressing. It is
 * ended after what was written in it: a reply that came later would open it again. What the customer wrote meanwhile is not put
 * away: the conversation stays as it was, the message shows, and whoever went on to the next one is told where it is.
 */
export function useWork(userId: string, conversationId: string) {
  const queries = useQueryClient();
  const open = useOpenConversation();
  const { queryKey } = threadQuery(conversationId);
  const { mutate } = useMutation({
    mutationKey: [WORK, conversationId],
    scope: { id: `${WORK}:${conversationId}` },
    mutationFn: async (work: Pressed) => {
      if (work.kind === "done" && !(await outboxSettled(userId, conversationId))) throw new Error(UNSENT);
      return sendApi<unknown>(conversationPath(conversationId, work.kind), bodyOf(work));
    },
    onMutate: async (work) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before)
        queries.setQueryData(queryKey, {
          ...before,
          conversation: { ...before.conversation, ...changed(work) },
        });
      return before;
    },
    // The lists are read again, and until then they know.
    onSuccess: (_, work) =>
      void queries.setQueriesData<InfiniteData<ConversationsDto>>(
        { queryKey: LISTS_KEY },
        (data) =>
          data && { ...data, pages: data.pages.map((page) => withRow(page, conversationId, changed(work))) },
      ),
    onError: (error, work, before) => {
      if (before) queries.setQueryData(queryKey, before);
      const to = `/messages/${conversationId}`;
      const isMissed = error instanceof ApiError && error.code === "written_meanwhile";
      const customer = before && location.pathname !== to ? customerName(before.conversation.customer) : null;
      toast.error(customer === null ? REFUSED[work.kind] : `${REFUSED[work.kind]}: \u2068${customer}\u2069`, {
        description: error.message,
        ...(isMissed && location.pathname !== to && { action: { label: "Open", onClick: () => open(to) } }),
      });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["messages"] }),
  });
  return {
    mutate: (work: Work) => mutate({ ...work, readTo: queries.getQueryData(queryKey)?.readTo }),
  };
}
