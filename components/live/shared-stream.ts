"use client";

import { type LiveEvent, openStream, type StreamListener } from "./event-source";

/** How long the tab that leads may take to answer before another one takes its place. */
const ANSWER_MS = 3_000;
const ASK_EVERY_MS = 10_000;

let leading = false;

/** Whether this tab has the stream of all tabs of the browser: what one of them does, it does. */
export const leadsStream = (): boolean => leading;

type Message =
  | { readonly kind: "event"; readonly event: LiveEvent; readonly data: string }
  | { readonly kind: "connection"; readonly connection: string | null }
  | { readonly kind: "ask" };

/**
 * One stream of live events for all tabs of a browser: over HTTP/1.1 it allows six connections to a server, and a
 * stream holds one as long as it is open. The tab that holds a lock leads: it has the stream and passes its events on.
 * The browser hands the lock on when that tab goes; a tab that can be seen takes it where the leading one is frozen.
 * `scope` keeps tabs of different members and organisations apart; `since` is when this tab's page was rendered. Returns what
 * ends this tab's part.
 */
export function shareStream(scope: string, since: number, listener: StreamListener): () => void {
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) return whileVisible(since, listener);
  const name = `torqueflow-live:${scope}`;
  const channel = new BroadcastChannel(name);
  const post = (message: Message) => channel.postMessage(message);
  let connection: string | null = null;
  let leads = false;
  let ended = false;
  let takes = false;
  let answered = false;
  let letGo = (): void => undefined;
  let stopWaiting = (): void => undefined;
  let alone: (() => void) | undefined;

  const pass: StreamListener = {
    onEvent: (event, data) => {
      post({ kind: "event", event, data });
      listener.onEvent(event, data);
    },
    onConnection: (next, isComplete) => {
      connection = next;
      post({ kind: "connection", connection });
      listener.onConnection(connection, isComplete);
    },
  };

  const lead = async (): Promise<void> => {
    leads = true;
    leading = true;
    takes = false;
    // The one before has gone, with its stream.
    pass.onConnection(null, false);
    const close = openStream(pass, since);
    try {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    } finally {
      close();
    }
  };

  /** Waits for the lock, or takes it; comes back here when another tab has taken it. */
  const campaign = async (): Promise<void> => {
    while (!ended) {
      const waiting = new AbortController();
      stopWaiting = () => waiting.abort();
      try {
        await navigator.locks.request(name, takes ? { steal: true } : { signal: waiting.signal }, lead);
      } catch (error) {
        if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
      } finally {
        letGo();
        leads = false;
        leading = false;
      }
    }
  };

  const ask = () => {
    if (leads || document.hidden) return;
    answered = false;
    post({ kind: "ask" });
    setTimeout(() => {
      if (answered || leads || ended || document.hidden) return;
      takes = true;
      stopWaiting();
    }, ANSWER_MS);
  };

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "ask") {
      if (leads) post({ kind: "connection", connection });
      return;
    }
    answered = true;
    if (leads) return;
    if (data.kind === "event") listener.onEvent(data.event, data.data);
    // It is complete since that tab's page was rendered, not this one's.
    else listener.onConnection(data.connection, false);
  };
  const asking = setInterval(ask, ASK_EVERY_MS);
  document.addEventListener("visibilitychange", ask);
  campaign().catch(() => {
    alone = whileVisible(since, listener);
  });
  ask();

  return () => {
    ended = true;
    clearInterval(asking);
    document.removeEventListener("visibilitychange", ask);
    stopWaiting();
    letGo();
    alone?.();
    channel.close();
  };
}

/** Where tabs cannot talk to each other: a stream of one's own, closed while nobody looks. */
function whileVisible(since: number, listener: StreamListener): () => void {
  // No other tab can tell for this one.
  leading = true;
  let close: (() => void) | undefined;
  const follow = () => {
    if (document.hidden) {
      close?.();
      close = undefined;
    } else close ??= openStream(listener, since);
  };
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close?.();
  };
}
