"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { ApiError, sendApi } from "@/components/layout/api";
import { useClock } from "@/components/ui/use-now";
import { conversationPath, threadQuery } from "@/lib/inbox/client";

/** What the composer hands over: text, attachments that the server has already, or both. */
export type NewReply = { readonly body: string; readonly media: readonly string[] };

/** A reply that is being sent. Its key stays the same, so that retries send it once. */
export type Outgoing = NewReply & {
  readonly key: string;
  readonly at: string;
  /** Why it was not sent; null while it is on its way. */
  readonly error: string | null;
};

const NONE: readonly Outgoing[] = [];
const boxes = new Map<string, readonly Outgoing[]>();
const sending = new Set<string>();
const drafts = new Map<string, string>();
const listeners = new Set<() => void>();

/** What somebody had begun to write, kept while they look at another conversation. */
export const readDraft = (conversationId: string): string => drafts.get(conversationId) ?? "";
export const keepDraft = (conversationId: string, text: string): void =>
  void drafts.set(conversationId, text);

const boxOf = (id: string): readonly Outgoing[] => boxes.get(id) ?? NONE;

function change(id: string, next: (box: readonly Outgoing[]) => readonly Outgoing[]): void {
  boxes.set(id, next(boxOf(id)));
  for (const listener of listeners) listener();
}

const setError = (id: string, key: string, error: string | null): void =>
  change(id, (box) => box.map((one) => (one.key === key ? { ...one, error } : one)));

const remove = (id: string, key: string): void => change(id, (box) => box.filter((one) => one.key !== key));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends one after the other, so that they arrive in the order they were written. */
async function drain(id: string, refresh: () => Promise<unknown>): Promise<void> {
  if (sending.has(id)) return;
  sending.add(id);
  try {
    for (let next = firstUnsent(id); next; next = firstUnsent(id)) {
      const { key, body } = next;
      try {
        await sendApi(conversationPath(id, "reply"), { body, key });
        await refresh();
        remove(id, key);
      } catch (error) {
        setError(id, key, error instanceof ApiError ? error.message : "This message could not be sent.");
      }
    }
  } finally {
    sending.delete(id);
  }
}

const firstUnsent = (id: string): Outgoing | undefined => boxOf(id).find((one) => one.error === null);

/** The replies of a conversation that the server does not have yet, and what can be done with them. */
export function useOutbox(conversationId: string) {
  const queries = useQueryClient();
  const clock = useClock();
  const waiting = useSyncExternalStore(
    subscribe,
    () => boxOf(conversationId),
    () => NONE,
  );
  const run = useCallback(() => {
    const refresh = async () => {
      await queries.invalidateQueries({ queryKey: threadQuery(conversationId).queryKey });
      void queries.invalidateQueries({ queryKey: ["messages"] });
    };
    void drain(conversationId, refresh);
  }, [queries, conversationId]);
  const send = useCallback(
    (written: NewReply) => {
      const reply = { ...written, key: crypto.randomUUID(), at: clock().toISOString(), error: null };
      change(conversationId, (box) => [...box, reply]);
      run();
    },
    [conversationId, clock, run],
  );
  const retry = useCallback(
    (key: string) => {
      setError(conversationId, key, null);
      run();
    },
    [conversationId, run],
  );
  const discard = useCallback((key: string) => remove(conversationId, key), [conversationId]);
  return { waiting, send, retry, discard };
}
