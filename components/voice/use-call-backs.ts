"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { useClock } from "@/components/ui/use-now";
import {
  type AttemptOutcome,
  type CallBackDto,
  callBackPath,
  callBacksQuery,
  undoPath,
} from "@/lib/calls/client";
import { START_PATH } from "@/lib/inbox/client";
import type { VoiceViewer } from "./voice-viewer";

/** The row's first call-back, and the others that are treated with it. */
const chosen = ({ id, calls }: CallBackDto) => ({
  id,
  also: calls.filter((one) => one.id !== id).map((one) => one.id),
});

type Person = { readonly id: string; readonly name: string };

/** A change of a row: shown at once, and put back if the server refuses. */
function useChange<Input extends { readonly callBack: CallBackDto }>(
  send: (input: Input) => Promise<unknown>,
  change: (callBack: CallBackDto, input: Input) => CallBackDto,
) {
  const queries = useQueryClient();
  const { queryKey } = callBacksQuery();
  return useMutation({
    // One after the other: what undoes an attempt must not reach the server before the attempt does.
    scope: { id: "call-backs" },
    mutationFn: send,
    onMutate: async (input: Input) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      const changed = (one: CallBackDto) => (one.id === input.callBack.id ? change(one, input) : one);
      if (before) queries.setQueryData(queryKey, { ...before, callBacks: before.callBacks.map(changed) });
      return before;
    },
    onError: (error, _input, before) => {
      if (before) queries.setQueryData(queryKey, before);
      toast.error("The call-back wasn’t changed", { description: error.message });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["voice"] }),
  });
}

/** What can be done about call-backs. */
export function useCallBacks(viewer: VoiceViewer) {
  const clock = useClock();

  const done = (callBack: CallBackDto, isDone: boolean): CallBackDto => ({
    ...callBack,
    doneAt: isDone ? clock().toISOString() : null,
    doneBy: isDone ? viewer.userName : null,
  });

  const mark = useChange(
    ({ callBack, isDone }: { callBack: CallBackDto; isDone: boolean }) => {
      const { id, also } = chosen(callBack);
      return sendApi(callBackPath(id), { done: isDone, also });
    },
    (callBack, { isDone }) => done(callBack, isDone),
  );

  const assign = useChange(
    ({ callBack, to }: { callBack: CallBackDto; to: Person | null }) => {
      const { id, also } = chosen(callBack);
      return sendApi(callBackPath(id, "/assign"), { userId: to?.id ?? null, also });
    },
    (callBack, { to }) => ({ ...callBack, assignee: to }),
  );

  const record = useChange(
    ({ callBack, outcome, key }: { callBack: CallBackDto; outcome: AttemptOutcome; key: string }) => {
      const { id, also } = chosen(callBack);
      return sendApi(callBackPath(id, "/attempts"), { key, outcome, also });
    },
    (callBack, { outcome, key }) => {
      const by = { id: viewer.userId, name: viewer.userName };
      const attempts = [...callBack.attempts, { id: key, outcome, at: clock().toISOString(), by }];
      return { ...(outcome === "spoke" ? done(callBack, true) : callBack), attempts };
    },
  );

  const undo = useChange(
    ({ callBack, attemptId }: { callBack: CallBackDto; attemptId: string }) =>
      sendApi(undoPath(callBack.id, attemptId)),
    (callBack, { attemptId }) => ({
      ...callBack,
      attempts: callBack.attempts.filter(({ id }) => id !== attemptId),
    }),
  );

  return {
    assign: (callBack: CallBackDto, to: Person | null) => assign.mutate({ callBack, to }),
    undo: (callBack: CallBackDto, attemptId: string) => undo.mutate({ callBack, attemptId }),
    mark: (callBack: CallBackDto, isDone: boolean) => {
      mark.mutate({ callBack, isDone });
      if (isDone)
        toast("Call-back done", {
          action: { label: "Undo", onClick: () => mark.mutate({ callBack, isDone: false }) },
        });
    },
    record: (callBack: CallBackDto, outcome: AttemptOutcome) => {
      const key = crypto.randomUUID();
      record.mutate({ callBack, outcome, key });
      if (outcome === "spoke")
        toast("Call-back done: you spoke to them", {
          action: { label: "Undo", onClick: () => undo.mutate({ callBack, attemptId: key }) },
        });
    },
  };
}

export type CallBackActions = ReturnType<typeof useCallBacks>;

/** Opens the conversation by SMS with a number, made where there is none. */
export function useTextBack() {
  const router = useRouter();
  return useMutation({
    mutationFn: (phone: string) => sendApi<{ id: string }>(START_PATH, { channel: "sms", phone }),
    onSuccess: ({ id }) => router.push(`/messages/${id}`),
    onError: (error) => toast.error("The conversation couldn’t be opened", { description: error.message }),
  });
}
