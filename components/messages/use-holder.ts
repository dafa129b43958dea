"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { sendApi } from "@/components/layout/api";
import { conversationPath, type ThreadDto, threadQuery } from "@/lib/inbox/client";

export type HolderAction = "take-over" | "hand-back";

/** The thread as the server will answer it, to be shown at once. */
function held(thread: ThreadDto, heldBy: string | null): ThreadDto {
  const { degraded, degradationReason, handOffSummary, ...rest } = thread.conversation;
  return {
    ...thread,
    conversation: {
      ...rest,
      heldBy,
      needsAttention: false,
      attentionReason: null,
      degraded: degraded && heldBy !== null,
      degradationReason: heldBy === null ? null : degradationReason,
      handOffSummary: heldBy === null ? null : handOffSummary,
    },
  };
}

/** Takes a conversation over from the AI, or hands it back. */
export function useHolder(conversationId: string, userName: string) {
  const queries = useQueryClient();
  const { queryKey } = threadQuery(conversationId);
  return useMutation({
    mutationFn: (action: HolderAction) => sendApi<unknown>(conversationPath(conversationId, action)),
    onMutate: async (action) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before) queries.setQueryData(queryKey, held(before, action === "take-over" ? userName : null));
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
