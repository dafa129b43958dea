import { z } from "zod";
import { announce } from "@/lib/db/announce";
import { machineClock } from "@/lib/shared/clock";
import { processWide } from "@/lib/shared/process-wide";
import { recentEvents } from "./recent-events";

export const LIVE_CHANNEL = "torqueflow_live";

const conversation = { orgId: z.uuid(), conversationId: z.uuid() };
const shape = z.discriminatedUnion("type", [
  z.object({ type: z.literal("notification/new-message"), ...conversation }),
  z.object({ type: z.literal("conversation/changed"), ...conversation }),
  z.object({ type: z.literal("conversation/typing"), ...conversation, userId: z.uuid() }),
  z.object({ type: z.literal("templates/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("calls/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("credits/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("answering/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("diagnostics/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("subscription/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("garage/changed"), orgId: z.uuid() }),
  z.object({ type: z.literal("team/changed"), orgId: z.uuid(), userId: z.uuid().nullable() }),
  z.object({ type: z.literal("clock/moved"), orgId: z.uuid() }),
]);

/**
 * What is sent to a browser: only that something changed and where, or who is writing. It reads the rest itself, with its own
 * permission.
 */
export type LiveEvent = z.output<typeof shape>;

const accessShape = z.object({ type: z.literal("access/changed"), userId: z.uuid() });

/** A person's memberships, role or sessions have changed, in whatever garage. */
type AccessChanged = z.output<typeof accessShape>;

type Subscribers<Event> = Map<string, Set<(event: Event) => void>>;

const hub = processWide("live-hub", () => ({
  garages: new Map() as Subscribers<LiveEvent>,
  people: new Map() as Subscribers<AccessChanged>,
}));

const recent = processWide("recent-events", () => recentEvents<LiveEvent | AccessChanged>(machineClock));

/** From now on this process hears of every event, or no longer does. */
export const noteListening = (isListening: boolean): void => recent().noteListening(isListening);

/** An event that nobody hears now, for browsers whose page is on its way. */
export const keepForPages = (event: LiveEvent): void => recent().remember(event.orgId, event);

/**
 * What a browser of this member has missed whose page was rendered then, in milliseconds of the machine's time; null where that
 * cannot be said, and it reads everything again.
 */
export const missedSince = (
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
  since: number,
): (LiveEvent | AccessChanged)[] | null => recent().missedSince([orgId, userId], since);

/**
 * Tells every process's browsers of this organisation. After the commit; a lost one is covered by the next refetch. Events
 * gather while announcements are under way: one that says the same as one that still waits is said once.
 */
export const publishLive = (event: LiveEvent): void => announce(LIVE_CHANNEL, [JSON.stringify(event)]);

/**
 * Tells a person's browsers, in every process, that their memberships, role or sessions have changed: each asks what it may
 * still show, and a stream that has lost its right is closed. After the commit.
 */
export const publishAccess = (userId: string): void =>
  announce(LIVE_CHANNEL, [JSON.stringify({ type: "access/changed", userId } satisfies AccessChanged)]);

/** Called for each of this organisation's events in this process until the returned function is called. */
export const subscribeLive = (orgId: string, subscriber: (event: LiveEvent) => void): (() => void) =>
  subscribe(hub().garages, orgId, subscriber);

/** Called in this process whenever a person's access has changed, until the returned function is called. */
export const subscribeAccess = (userId: string, subscriber: () => void): (() => void) =>
  subscribe(hub().people, userId, subscriber);

function subscribe<Event>(
  all: Subscribers<Event>,
  id: string,
  subscriber: (event: Event) => void,
): () => void {
  const subscribers = all.get(id) ?? new Set();
  all.set(id, subscribers.add(subscriber));
  return () => {
    subscribers.delete(subscriber);
    if (subscribers.size === 0) all.delete(id);
  };
}

/** Hands an event, made here or announced by another process, to this process's subscribers. */
export function deliverLive(event: LiveEvent | AccessChanged): void {
  if (event.type === "access/changed") {
    recent().remember(event.userId, event);
    for (const subscriber of hub().people.get(event.userId) ?? []) subscriber(event);
    return;
  }
  // Who is writing is no news a moment later.
  if (event.type !== "conversation/typing") recent().remember(event.orgId, event);
  for (const subscriber of hub().garages.get(event.orgId) ?? []) subscriber(event);
}

/** Tells every browser of this process that the clock was moved; whoever begins to listen reads everything again. */
export function deliverClockMoved(): void {
  recent().noteListening(true);
  for (const orgId of hub().garages.keys()) deliverLive({ type: "clock/moved", orgId });
}

/** An event as a process announced it; undefined for anything else. */
export function parseLive(announced: string): LiveEvent | AccessChanged | undefined {
  try {
    return z.union([shape, accessShape]).parse(JSON.parse(announced));
  } catch {
    return undefined;
  }
}
