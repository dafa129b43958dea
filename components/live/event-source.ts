"use client";

import { organisationShown } from "@/components/layout/api";

/** Which kinds of things the server says have changed, never their content. */
export const LIVE_EVENTS = [
  "credits/changed",
  "answering/changed",
  "notification/new-message",
  "conversation/changed",
  "conversation/typing",
  "templates/changed",
  "calls/changed",
  "diagnostics/changed",
  "subscription/changed",
  "garage/changed",
  "team/changed",
  "clock/moved",
  "access/changed",
] as const;

export type LiveEvent = (typeof LIVE_EVENTS)[number];

export type StreamListener = {
  /** `data` is JSON, and names no more than what it is about. */
  readonly onEvent: (event: LiveEvent, data: string) => void;
  /** A new connection's name, or null while there is none. What happened in between was not announced to this tab. */
  readonly onConnection: (connection: string | null) => void;
};

/** The server sends a heartbeat every 20 seconds: without two of them the connection has gone without being closed. */
const LOST_AFTER_MS = 50_000;
const LOOK_MS = 10_000;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;

/** Keeps one stream of live events open, through broken connections, refusals and sleep, until the returned function is called. */
export function openStream({ onEvent, onConnection }: StreamListener): () => void {
  let stream: EventSource | undefined;
  let heardAt = Date.now();
  let failures = 0;
  let again: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    heardAt = Date.now();
  };
  const close = () => {
    stream?.close();
    stream = undefined;
  };
  const open = () => {
    heard();
    const source = new EventSource(`/api/events?organisation=${organisationShown()}`);
    stream = source;
    source.onopen = () => {
      heard();
      failures = 0;
      onConnection(crypto.randomUUID());
    };
    source.onerror = () => {
      onConnection(null);
      // Refused: the browser tries again by itself only where the connection broke.
      if (source.readyState === EventSource.CLOSED) reopen(delay());
    };
    source.addEventListener("heartbeat", heard);
    for (const event of LIVE_EVENTS)
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        heard();
        onEvent(event, data);
      });
  };
  const delay = () => Math.min(FIRST_DELAY_MS * 2 ** failures++, LONGEST_DELAY_MS);
  const reopen = (delayMs: number) => {
    close();
    clearTimeout(again);
    again = setTimeout(open, delayMs);
  };
  const look = setInterval(() => {
    if (stream?.readyState !== EventSource.OPEN || Date.now() - heardAt < LOST_AFTER_MS) return;
    onConnection(null);
    reopen(0);
  }, LOOK_MS);

  open();
  return () => {
    clearInterval(look);
    clearTimeout(again);
    close();
  };
}
