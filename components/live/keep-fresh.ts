"use client";

import type { QueryClient } from "@tanstack/react-query";
import { askAccess } from "./access";
import { noteConnection } from "./connection";
import type { LiveEvent } from "./event-source";
import { distrustHydrated } from "./query-client";
import { refetchChanged } from "./refetch-changed";
import { shareStream } from "./shared-stream";
import { endTypingOf, noteTyping } from "./typing";

/** Which queries an event makes old: the first part of their keys. */
const CONCERNS = {
  "credits/changed": ["credits", "billing"],
  "answering/changed": ["messages", "voice"],
  "notification/new-message": ["messages"],
  "conversation/changed": ["messages"],
  "conversation/typing": [],
  "templates/changed": ["messages"],
  "calls/changed": ["voice"],
  "diagnostics/changed": ["diagnostics"],
  "subscription/changed": ["billing"],
  "garage/changed": ["settings", "first-run"],
  // Work is given to members, and shows their names.
  "team/changed": ["settings", "messages", "voice", "first-run"],
  "clock/moved": [],
  "access/changed": [],
} as const satisfies Record<LiveEvent, readonly string[]>;

export type LivePage = {
  /** Tabs of the same member in the same organisation share one stream. */
  readonly scope: string;
  /** By the clock of the server's machine, in milliseconds. */
  readonly renderedAt: number;
};

const GATHER_MS = 150;
const WITHOUT_STREAM_MS = 10_000;

/**
 * Refetches what the server says has changed, at most once every 150 ms; without a stream, everything every 10 s. A tab
 * that nobody looks at only marks its queries as old: they are read again when it is shown, those whose `meta` says
 * `alsoHidden` at once. `onClockMoved` is called when the server's clock has been moved. Returns what ends it.
 */
export function keepFresh(queries: QueryClient, page: LivePage, onClockMoved: () => void): () => void {
  const waiting = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let connection: string | null = null;
  let trust: (() => void) | undefined;
  /** What has changed since the page was rendered; null where that is not wholly known. */
  let changed: Set<unknown> | null = new Set();

  const age = (...keys: (readonly string[])[]) => {
    void refetchChanged(queries, keys, document.hidden);
    if (document.hidden)
      void queries.refetchQueries({
        predicate: ({ meta }) => meta?.alsoHidden === true,
        type: "active",
        stale: true,
      });
  };
  const flush = () => {
    gathering = undefined;
    if (waiting.size > 0) age(...[...waiting].map((first) => [first]));
    waiting.clear();
  };
  // Nothing has connected yet; perhaps nothing will.
  noteConnection(false);
  const stop = shareStream(page.scope, page.renderedAt, {
    onEvent: (event, data) => {
      if (event === "conversation/typing") noteTyping(data);
      if (event === "access/changed") askAccess();
      if (event === "team/changed") endTypingOf(data);
      if (event === "clock/moved") {
        changed = null;
        onClockMoved();
        age([]);
      }
      for (const first of CONCERNS[event]) {
        waiting.add(first);
        changed?.add(first);
      }
      gathering ??= setTimeout(flush, GATHER_MS);
    },
    onConnection: (next, isComplete) => {
      noteConnection(next !== null);
      if (next === connection) return;
      connection = next;
      if (connection === null) return;
      if (!isComplete) {
        // What changed before now was not announced, also to blocks that are still to come.
        changed = null;
        age([]);
      }
      trust ??= distrustHydrated(queries, (first) => changed?.has(first) ?? true);
    },
  });
  const polling = setInterval(() => {
    if (connection === null && !document.hidden) age([]);
  }, WITHOUT_STREAM_MS);

  return () => {
    stop();
    // A page that is left is not one that waits for its stream.
    noteConnection(true);
    trust?.();
    clearTimeout(gathering);
    clearInterval(polling);
  };
}
