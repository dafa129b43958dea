"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { conversationPath, type ThreadDto, threadQuery } from "@/lib/inbox/client";
import type { InboxViewer } from "./viewer";

export type HolderAction = "take-over" | "hand-back";

/** The thread as the server will answer it, to be shown at once. Only the server knows what waits after a hand-back. */
function held(thread: ThreadDto, holder: InboxViewer | null): ThreadDto {
  const { conversation } = thread;
  return {
    ...thread,
    conversation: {
      ...conversation,
      holder: holder && { id: holder.userId, name: holder.userName },
      needsAttention: false,
      attentionReason: null,
      handOffSummary: holder === null ? null : conversation.handOffSummary,
      aiPausedUntil: holder === null ? null : conversation.aiPausedUntil,
    },
  };
}

/** Takes a conversation over from the AI, or hands it back. */
export function useHolder(conversationId: string, viewer: InboxViewer) {
  const queries = useQueryClient();
  const { queryKey } = threadQuery(conversationId);
  return useMutation({
    mutationFn: (action: HolderAction) => sendApi<unknown>(conversationPath(conversationId, action)),
    onMutate: async (action) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before) queries.setQueryData(queryKey, held(before, action === "take-over" ? viewer : null));
      return before;
    },
    onError: (error, action, before) => {
      if (before) queries.setQueryData(queryKey, before);
      const title = action === "take-over" ? "Not taken over" : "Not handed back";
      toast.error(title, { description: error.message });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["messages"] }),
  });
}
