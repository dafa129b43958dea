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
  /**
   * A new connection's name, or null while there is none. What happened in between was not announced to this tab, unless it
   * `isComplete`: then all that happened since the page was rendered is.
   */
  readonly onConnection: (connection: string | null, isComplete: boolean) => void;
};

/** The server sends a heartbeat every 20 seconds: without two of them the connection has gone without being closed. */
const LOST_AFTER_MS = 50_000;
const LOOK_MS = 10_000;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;

/**
 * Keeps one stream of live events open, through broken connections, refusals and sleep, until the returned function is called.
 * `since` is when the page was rendered, by the server's clock.
 */
export function openStream({ onEvent, onConnection }: StreamListener, since: number): () => void {
  let stream: EventSource | undefined;
  let isConnected = false;
  let heardAt = Date.now();
  let failures = 0;
  let again: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    heardAt = Date.now();
  };
  const connected = (isComplete: boolean) => {
    heard();
    failures = 0;
    if (isConnected) return;
    isConnected = true;
    onConnection(crypto.randomUUID(), isComplete);
  };
  const lost = () => {
    isConnected = false;
    onConnection(null, false);
  };
  const close = () => {
    stream?.close();
    stream = undefined;
  };
  const open = () => {
    heard();
    const source = new EventSource(`/api/events?organisation=${organisationShown()}&since=${since}`);
    stream = source;
    source.addEventListener("connected", ({ data }: MessageEvent<string>) =>
      connected((JSON.parse(data) as { complete: boolean }).complete),
    );
    source.onerror = () => {
      lost();
      // Refused: the browser tries again by itself only where the connection broke.
      if (source.readyState === EventSource.CLOSED) reopen(delay());
    };
    // A server of an earlier version says no more.
    source.addEventListener("heartbeat", () => connected(false));
    for (const event of LIVE_EVENTS)
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        connected(false);
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
    // One that has been refused is opened again at its own time; one that never answers is given up.
    if (!stream || stream.readyState === EventSource.CLOSED || Date.now() - heardAt < LOST_AFTER_MS) return;
    lost();
    reopen(0);
  }, LOOK_MS);

  open();
  return () => {
    clearInterval(look);
    clearTimeout(again);
    close();
  };
}
