"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { sendApi } from "@/components/layout/api";
import { conversationPath, type ThreadDto, threadQuery } from "@/lib/inbox/client";

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

const useIsLookedAt = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => !document.hidden,
    () => false,
  );

/**
 * Tells the server what the reader has seen: a thread in a tab that is looked at. Answers the message from which it was new
 * to them when they came, or came back to the tab.
 */
export function useReading(thread: ThreadDto, isFresh: boolean): string | null {
  const { conversation, readTo, newFrom } = thread;
  const { id, unread } = conversation;
  const queries = useQueryClient();
  const isLookedAt = useIsLookedAt();
  const told = useRef<string | null>(null);
  const isComing = useRef(true);
  const [line, setLine] = useState(newFrom);

  useEffect(() => {
    if (!isLookedAt) isComing.current = true;
    else if (newFrom !== null && isComing.current) setLine(newFrom);
    if (isLookedAt && isFresh) isComing.current = false;
  }, [isLookedAt, isFresh, newFrom]);

  useEffect(() => {
    if (!unread || readTo === null || !isLookedAt || told.current === readTo) return;
    told.current = readTo;
    const tell = async () => {
      await sendApi(conversationPath(id, "read"), { to: readTo });
      const { queryKey } = threadQuery(id);
      queries.setQueryData(queryKey, (data) =>
        data?.readTo === readTo
          ? { ...data, newFrom: null, conversation: { ...data.conversation, unread: false } }
          : data,
      );
      await queries.invalidateQueries({
        queryKey: ["messages"],
        predicate: ({ queryKey: [, kind, one] }) => kind !== "conversations" || one !== id,
      });
    };
    // Unread it stays; the next message, or the next visit, tells it again.
    tell().catch(() => undefined);
  }, [queries, id, unread, readTo, isLookedAt]);

  return line;
}
