"use client";

import { useSyncExternalStore } from "react";

/** A stream that breaks is usually back sooner. */
export const TELL_AFTER_MS = 5_000;

/** Whether the page has been without a live stream for so long that its reader should know. */
export function createConnection(onChange: () => void) {
  let isLost = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const set = (next: boolean) => {
    if (next === isLost) return;
    isLost = next;
    onChange();
  };
  const forget = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    isLost: () => isLost,
    note: (isThere: boolean) => {
      if (!isThere) {
        timer ??= setTimeout(() => set(true), TELL_AFTER_MS);
        return;
      }
      forget();
      set(false);
    },
  };
}

const listeners = new Set<() => void>();
const connection = createConnection(() => {
  for (const listener of listeners) listener();
});

/** The live stream of this page is there, or is not. */
export const noteConnection = connection.note;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** True once the page has been without a live stream for a while: what it shows is read every ten seconds then. */
export const useIsConnectionLost = (): boolean =>
  useSyncExternalStore(subscribe, connection.isLost, () => false);
