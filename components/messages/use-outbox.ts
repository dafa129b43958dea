"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { sendApi } from "@/components/layout/api";
import { deviceKey, readDevice, writeDevice } from "@/components/live/device";
import { useClock } from "@/components/ui/use-now";
import { conversationPath, threadQuery } from "@/lib/inbox/client";
import { type Boxes, createOutbox, type Outbox, type Outgoing, readBoxes, type Written } from "./outbox";

let opened: { readonly userId: string; readonly key: string; readonly outbox: Outbox } | undefined;
/** The page that shows it, whichever of its parts are there. */
let page: { readonly queries: QueryClient; readonly clock: () => Date } | undefined;

/** The outbox of this member on this device. It goes on sending while its page shows something else. */
function outboxOf(userId: string): Outbox {
  if (opened?.userId !== userId) {
    const key = deviceKey("outbox", userId);
    opened = { userId, key, outbox: createOutbox(browserPorts(key)) };
  }
  return opened.outbox;
}

function browserPorts(key: string) {
  let unkept: Boxes | undefined;
  return {
    load: () => unkept ?? readBoxes(readDevice(key)),
    save: (boxes: Boxes) => {
      unkept = writeDevice(key, boxes) ? undefined : boxes;
    },
    send: (id: string, { kind, body, media, seen, anyway, key }: Outgoing) =>
      kind === "note"
        ? sendApi(conversationPath(id, "notes"), { body, key })
        : sendApi(conversationPath(id, "reply"), {
            body,
            key,
            ...(media[0] !== undefined && { mediaId: media[0] }),
            seen,
            ...(anyway && { anyway }),
          }),
    sent: async (id: string) => {
      await page?.queries.invalidateQueries({ queryKey: threadQuery(id).queryKey });
      void page?.queries.invalidateQueries({ queryKey: ["messages"] });
    },
    alone: (id: string, turn: () => Promise<void>) =>
      "locks" in navigator ? navigator.locks.request(`${key}:${id}`, turn) : turn(),
    later: (again: () => void, waitMs: number) => void setTimeout(again, waitMs),
    newKey: () => crypto.randomUUID(),
    nowMs: () => page?.clock().getTime() ?? 0,
  };
}

const NONE: readonly Outgoing[] = [];

function usePage(): void {
  const queries = useQueryClient();
  const clock = useClock();
  useEffect(() => {
    page = { queries, clock };
  }, [queries, clock]);
}

/** Sends what waits as soon as the page is there, the connection is back or the tab is looked at again. */
export function useOutboxDelivery(userId: string): void {
  usePage();
  useEffect(() => {
    const outbox = outboxOf(userId);
    const follow = (event: StorageEvent) => event.key === opened?.key && outbox.reload();
    const look = () => document.hidden || outbox.wake();
    outbox.wake();
    addEventListener("online", outbox.wake);
    addEventListener("storage", follow);
    document.addEventListener("visibilitychange", look);
    return () => {
      removeEventListener("online", outbox.wake);
      removeEventListener("storage", follow);
      document.removeEventListener("visibilitychange", look);
    };
  }, [userId]);
}

/** Resolves once nothing that the member wrote in a conversation is under way: whether all of it has arrived. */
export const outboxSettled = (userId: string, conversationId: string): Promise<boolean> =>
  outboxOf(userId).settled(conversationId);

/** What of a conversation is not on the server yet, and what can be done with it. */
export function useOutbox(userId: string, conversationId: string) {
  usePage();
  const waiting = useSyncExternalStore(
    useCallback((listener) => outboxOf(userId).subscribe(listener), [userId]),
    () => outboxOf(userId).boxOf(conversationId),
    () => NONE,
  );
  return {
    waiting,
    send: useCallback(
      (written: Written) => outboxOf(userId).add(conversationId, written),
      [userId, conversationId],
    ),
    retry: useCallback(
      (key: string, anyway?: boolean) => outboxOf(userId).retry(conversationId, key, anyway),
      [userId, conversationId],
    ),
    discard: useCallback(
      (key: string) => outboxOf(userId).discard(conversationId, key),
      [userId, conversationId],
    ),
  };
}
