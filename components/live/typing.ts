"use client";

import { useSyncExternalStore } from "react";

/** A page tells of it every four seconds while somebody writes. */
const HOLDS_MS = 6_500;
const NOBODY: readonly string[] = [];

const writers = new Map<string, readonly string[]>();
const ends = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function set(conversationId: string, next: readonly string[]): void {
  if (next.length === 0) writers.delete(conversationId);
  else writers.set(conversationId, next);
  for (const listener of listeners) listener();
}

/** They have sent what they wrote, or have not written for a while. */
export function endTyping(conversationId: string, userId: string): void {
  const known = writers.get(conversationId) ?? NOBODY;
  if (known.includes(userId))
    set(
      conversationId,
      known.filter((one) => one !== userId),
    );
}

/** The data of an event `conversation/typing`: who writes where. */
export function noteTyping(data: string): void {
  const { conversationId, userId } = JSON.parse(data) as { conversationId: string; userId: string };
  const known = writers.get(conversationId) ?? NOBODY;
  if (!known.includes(userId)) set(conversationId, [...known, userId]);
  const key = `${conversationId}:${userId}`;
  clearTimeout(ends.get(key));
  ends.set(
    key,
    setTimeout(() => {
      ends.delete(key);
      endTyping(conversationId, userId);
    }, HOLDS_MS),
  );
}

/** The data of an event `team/changed`: whoever has left writes nowhere. */
export function endTypingOf(data: string): void {
  const { userId } = JSON.parse(data) as { userId: string | null };
  if (userId !== null) for (const conversationId of writers.keys()) endTyping(conversationId, userId);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The ids of the members who are writing in a conversation now. */
export const useTyping = (conversationId: string): readonly string[] =>
  useSyncExternalStore(
    subscribe,
    () => writers.get(conversationId) ?? NOBODY,
    () => NOBODY,
  );
