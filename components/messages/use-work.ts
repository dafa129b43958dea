"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { sendApi } from "@/components/layout/api";
import { conversationPath, type PersonDto, type ThreadHeadDto, threadQuery } from "@/lib/inbox/client";

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

const bodyOf = (work: Work): object => {
  if (work.kind === "assign") return { userId: work.to?.id ?? null };
  return work.kind === "snooze" ? { until: work.until.toISOString() } : {};
};

/** What changes at once; the server's answer follows. */
function changed(work: Work): Partial<ThreadHeadDto> {
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

/** Works a conversation off: gives it to somebody, ends it, opens it again or sets it aside. */
export function useWork(conversationId: string) {
  const queries = useQueryClient();
  const { queryKey } = threadQuery(conversationId);
  return useMutation({
    mutationFn: (work: Work) => sendApi<unknown>(conversationPath(conversationId, work.kind), bodyOf(work)),
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
    onError: (error, work, before) => {
      if (before) queries.setQueryData(queryKey, before);
      toast.error(REFUSED[work.kind], { description: error.message });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["messages"] }),
  });
}
