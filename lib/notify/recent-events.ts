import type { Clock } from "@/lib/shared/clock";

/** So long a browser that begins to listen can be told what it has missed. */
const KEPT_MS = 60_000;
/** By so much the clocks of two machines may differ, and what one process has heard may be news to another. */
const MARGIN_MS = 250;

type Latest<Event> = { readonly at: number; readonly event: Event };

/**
 * The latest event of each type about each garage and person, for a minute: a page is rendered before its stream is open, and
 * what happened in between would be announced to nobody.
 */
export function recentEvents<Event extends { readonly type: string }>(clock: Clock) {
  /** The one that heard something last is the last. */
  const about = new Map<string, Map<string, Latest<Event>>>();
  let heardSince: number | null = null;

  const isOld = (latest: Map<string, Latest<Event>>, now: number) =>
    [...latest.values()].every(({ at }) => at < now - KEPT_MS);

  return {
    /** From now on this process hears of everything, or no longer does. */
    noteListening: (isListening: boolean): void => {
      heardSince = isListening ? clock().getTime() : null;
    },
    remember: (id: string, event: Event): void => {
      const at = clock().getTime();
      const latest = about.get(id) ?? new Map<string, Latest<Event>>();
      about.delete(id);
      about.set(id, latest.set(event.type, { at, event }));
      for (const [other, events] of about) {
        if (!isOld(events, at)) break;
        about.delete(other);
      }
    },
    /** What happened to these since then, in milliseconds of the machine's time; null where that cannot be said. */
    missedSince: (ids: readonly string[], since: number): Event[] | null => {
      const now = clock().getTime();
      const from = since - MARGIN_MS;
      if (heardSince === null || from < Math.max(heardSince, now - KEPT_MS) || since > now + MARGIN_MS)
        return null;
      return ids
        .flatMap((id) => [...(about.get(id)?.values() ?? [])])
        .filter(({ at }) => at >= from)
        .map(({ event }) => event);
    },
  };
}
