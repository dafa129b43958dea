"use client";

import { sendApi } from "@/components/layout/api";
import { conversationPath } from "@/lib/inbox/client";

/** The server takes twenty a minute. */
const EVERY_MS = 4_000;

const told = new Map<string, number>();

/** Tells colleagues that somebody is writing here, at most every four seconds. Nothing depends on it. */
export function tellTyping(conversationId: string, now: Date): void {
  const before = told.get(conversationId) ?? 0;
  if (Math.abs(now.getTime() - before) < EVERY_MS) return;
  told.set(conversationId, now.getTime());
  sendApi(conversationPath(conversationId, "typing")).catch(() => undefined);
}
