"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { sendApi } from "@/components/layout/api";
import { useClock } from "@/components/ui/use-now";
import { callBackPath, callBacksQuery } from "@/lib/calls/client";

type Mark = { readonly id: string; readonly done: boolean };

/** Marks a call-back as done, or as open after all; shown at once, undone if the server refuses. */
export function useCallBack() {
  const queries = useQueryClient();
  const clock = useClock();
  const { queryKey } = callBacksQuery();
  return useMutation({
    mutationFn: ({ id, done }: Mark) => sendApi<unknown>(callBackPath(id), { done }),
    onMutate: async ({ id, done }) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      const doneAt = done ? clock().toISOString() : null;
      queries.setQueryData(queryKey, (list) =>
        list ? { callBacks: list.callBacks.map((one) => (one.id === id ? { ...one, doneAt } : one)) } : list,
      );
      return before;
    },
    onError: (error, _mark, before) => {
      if (before) queries.setQueryData(queryKey, before);
      toast.error("The call-back wasn’t changed", { description: error.message });
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
