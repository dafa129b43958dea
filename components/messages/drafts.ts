"use client";

import { useCallback, useSyncExternalStore } from "react";
import { deviceKey, readDevice, writeDevice } from "@/components/live/device";
import { useClock } from "@/components/ui/use-now";

/** To whom the composer writes: the customer, or the team alone. */
export type ComposerMode = "reply" | "note";

/** What somebody had begun to write in a conversation. Each mode has its own text: a note never turns into a reply. */
export type Draft = { readonly mode: ComposerMode; readonly reply: string; readonly note: string };

export type Drafts = Readonly<Record<string, Draft & { readonly at: number }>>;

const NO_DRAFT: Draft = { mode: "reply", reply: "", note: "" };

const MOST = 50;
const KEPT_MS = 14 * 24 * 3_600_000;

/** Drafts with one conversation's changed: the latest 50 of the last 14 days. An empty reply is none; an empty note is a mode. */
export function withDraft(drafts: Drafts, conversationId: string, draft: Draft, at: number): Drafts {
  const { [conversationId]: _, ...others } = drafts;
  const isEmpty = draft.mode === "reply" && draft.reply === "" && draft.note === "";
  const latest = Object.entries(others)
    .filter(([, one]) => at - one.at < KEPT_MS)
    .sort(([, one], [, other]) => other.at - one.at)
    .slice(0, isEmpty ? MOST : MOST - 1);
  return Object.fromEntries(isEmpty ? latest : [[conversationId, { ...draft, at }], ...latest]);
}

/** What a browser kept, as far as it has the shape of drafts. */
export function readDrafts(kept: unknown): Drafts {
  if (typeof kept !== "object" || kept === null) return {};
  return Object.fromEntries(Object.entries(kept).filter(([, one]) => isDraft(one)));
}

const isDraft = (one: unknown): boolean =>
  typeof one === "object" &&
  one !== null &&
  "mode" in one &&
  (one.mode === "reply" || one.mode === "note") &&
  "reply" in one &&
  typeof one.reply === "string" &&
  "note" in one &&
  typeof one.note === "string" &&
  "at" in one &&
  typeof one.at === "number";

const listeners = new Set<() => void>();
let opened: { readonly userId: string; readonly key: string; drafts: Drafts } | undefined;

/** What this browser keeps of this member, and of nobody else. */
function draftsOf(userId: string): { readonly key: string; drafts: Drafts } {
  if (opened?.userId !== userId) {
    const key = deviceKey("drafts", userId);
    opened = { userId, key, drafts: readDrafts(readDevice(key)) };
  }
  return opened;
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Another tab of this member has written. */
function follow(event: StorageEvent): void {
  if (!opened || event.key !== opened.key) return;
  opened.drafts = readDrafts(readDevice(opened.key));
  tell();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener("storage", follow);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("storage", follow);
  };
}

type DraftChange = (draft: Draft) => Partial<Draft>;

/** A conversation's draft, kept on this device until it is sent, and what changes it. */
export function useDraft(userId: string, conversationId: string) {
  const draft = useSyncExternalStore(
    subscribe,
    () => draftsOf(userId).drafts[conversationId] ?? NO_DRAFT,
    () => NO_DRAFT,
  );
  const clock = useClock();
  const change = useCallback(
    (by: DraftChange) => {
      const kept = draftsOf(userId);
      const before = kept.drafts[conversationId] ?? NO_DRAFT;
      kept.drafts = withDraft(kept.drafts, conversationId, { ...before, ...by(before) }, clock().getTime());
      writeDevice(kept.key, kept.drafts);
      tell();
    },
    [userId, conversationId, clock],
  );
  return [draft, change] as const;
}
