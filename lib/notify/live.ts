import { z } from "zod";
import { announce } from "@/lib/db/announce";
import { processWide } from "@/lib/shared/process-wide";

export const LIVE_CHANNEL = "torqueflow_live";

const conversation = { orgId: z.uuid(), conversationId: z.uuid() };
const shape = z.discriminatedUnion("type", [
  z.object({ type: z.literal("notification/new-message"), ...conversation }),
  z.object({ type: z.literal("conversation/changed"), ...conversation }),
  z.object({ type: z.literal("conversation/typing"), ...conversation, userId: z.uuid() }),
  z.object({ type: z.literal("templates/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("calls/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("credits/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("diagnostics/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("subscription/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("garage/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("clock/moved"), orgId: z.uuid() }),
]);

/**
 * What is sent to a browser: only that something changed and where, or who is writing. It reads the rest itself, with its own
 * permission.
 */
export type LiveEvent = z.output<typeof shape>;

type Subscriber = (event: LiveEvent) => void;

const hub = processWide("live-hub", () => new Map<string, Set<Subscriber>>());

/**
 * Tells every process's browsers of this organisation. After the commit; a lost one is covered by the next refetch. Events
 * gather while announcements are under way: one that says the same as one that still waits is said once.
 */
export const publishLive = (event: LiveEvent): void => announce(LIVE_CHANNEL, [JSON.stringify(event)]);

/** Called for each of this organisation's events in this process until the returned function is called. */
export function subscribeLive(orgId: string, subscriber: Subscriber): () => void {
  const subscribers = hub.get(orgId) ?? new Set<Subscriber>();
  hub.set(orgId, subscribers.add(subscriber));
  return () => {
    subscribers.delete(subscriber);
    if (subscribers.size === 0) hub.delete(orgId);
  };
}

/** Hands an event, made here or announced by another process, to this process's subscribers. */
export function deliverLive(event: LiveEvent): void {
  for (const subscriber of hub.get(event.orgId) ?? []) subscriber(event);
}

/** Tells every browser of this process that the clock was moved. */
export function deliverClockMoved(): void {
  for (const orgId of hub.keys()) deliverLive({ type: "clock/moved", orgId });
}

/** An event as a process announced it; undefined for anything else. */
export function parseLive(announced: string): LiveEvent | undefined {
  try {
    return shape.parse(JSON.parse(announced));
  } catch {
    return undefined;
  }
}
