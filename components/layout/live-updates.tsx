"use client";

import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { createQueryClient, distrustHydrated } from "./query-client";

/** Which queries an event makes old: the first part of their keys. */
const CONCERNS = {
  "credits/changed": ["credits", "billing"],
  "notification/new-message": ["messages"],
  "conversation/changed": ["messages"],
  "calls/changed": ["voice"],
} as const;

const EVENTS = Object.keys(CONCERNS) as (keyof typeof CONCERNS)[];
const GATHER_MS = 150;
const WITHOUT_STREAM_MS = 10_000;

/** Refetches what the server says has changed, at most once every 150 ms; without a stream, everything every 10 s. */
function LiveUpdates() {
  const queries = useQueryClient();
  useEffect(() => {
    const waiting = new Set<string>();
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let polling: ReturnType<typeof setInterval> | undefined;
    let trust: (() => void) | undefined;
    const refetch = (scope: string) => void queries.invalidateQueries({ queryKey: [scope] });
    const flush = () => {
      gathering = undefined;
      for (const scope of waiting) refetch(scope);
      waiting.clear();
    };
    const stream = new EventSource("/api/events");
    for (const event of EVENTS)
      stream.addEventListener(event, () => {
        for (const scope of CONCERNS[event]) waiting.add(scope);
        gathering ??= setTimeout(flush, GATHER_MS);
      });
    stream.onopen = () => {
      clearInterval(polling);
      polling = undefined;
      // What changed between the server's answer and now was told to nobody, nor will it be for blocks still to come.
      void queries.invalidateQueries();
      trust ??= distrustHydrated(queries);
    };
    stream.onerror = () => {
      polling ??= setInterval(() => {
        if (document.visibilityState === "visible") void queries.invalidateQueries();
      }, WITHOUT_STREAM_MS);
    };
    return () => {
      stream.close();
      trust?.();
      clearTimeout(gathering);
      clearInterval(polling);
    };
  }, [queries]);
  return null;
}

/** The browser's cache of API answers, kept fresh by live events. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <LiveUpdates />
      {children}
    </QueryClientProvider>
  );
}
