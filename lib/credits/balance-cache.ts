import { processWide } from "@/lib/shared/process-wide";
import type { AccountFacts } from "./core/decide-gate";

/** With a listener a change is dropped at once, and this only bounds a lost notification. */
const TTL_LISTENING_MS = 10_000;
/** Without one, how stale the gate may be. */
const TTL_WITHOUT_LISTENER_MS = 1_000;

type Cached = { readonly facts: AccountFacts; readonly loadedAt: number };

const cache = processWide("balance-cache", () => ({
  byOrg: new Map<string, Cached>(),
  /** Counts drops, so that a read which began before a change is not stored after it. */
  generation: 0,
  ttlMs: TTL_WITHOUT_LISTENER_MS,
}));

/** The organisation's facts if they are fresh enough at `now` (epoch milliseconds). */
export function cachedFacts(orgId: string, now: number): AccountFacts | undefined {
  const { byOrg, ttlMs } = cache();
  const hit = byOrg.get(orgId);
  return hit && now - hit.loadedAt < ttlMs ? hit.facts : undefined;
}

/** Take the mark before reading; facts read before a drop are not kept. */
export const cacheMark = (): number => cache().generation;

export function keepFacts(orgId: string, facts: AccountFacts, now: number, mark: number): void {
  if (mark === cache().generation) cache().byOrg.set(orgId, { facts, loadedAt: now });
}

export function dropCached(orgId: string): void {
  const kept = cache();
  kept.generation += 1;
  kept.byOrg.delete(orgId);
}

/**
 * Whether announcements reach this process: without a listener a balance is kept for a second only. What was missed in
 * between is unknown, so either change starts afresh.
 */
export function setListening(listening: boolean): void {
  const kept = cache();
  kept.ttlMs = listening ? TTL_LISTENING_MS : TTL_WITHOUT_LISTENER_MS;
  kept.generation += 1;
  kept.byOrg.clear();
}
