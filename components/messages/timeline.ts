import type { EventDto, MessageDto } from "@/lib/inbox/client";
import { dayKey } from "@/lib/shared/format";

export type TimelineItem =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "new"; readonly key: string }
  | { readonly kind: "message"; readonly key: string; readonly message: MessageDto }
  | { readonly kind: "event"; readonly key: string; readonly event: EventDto };

type Parts = {
  readonly messages: readonly MessageDto[];
  readonly events: readonly EventDto[];
  /** The first message that the reader had not seen when they came. */
  readonly newFrom: string | null;
};

/** Messages and events in their order, with a line before each London day and before what is new. */
export function timelineOf({ messages, events, newFrom }: Parts): TimelineItem[] {
  const entries = [
    ...messages.map((message) => ({ kind: "message", key: message.id, at: message.at, message }) as const),
    ...events.map((event) => ({ kind: "event", key: event.id, at: event.at, event }) as const),
  ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return entries.flatMap(({ at, ...item }, index) => {
    const before = entries[index - 1];
    const day = dayKey(at);
    const items: TimelineItem[] = [item];
    if (item.key === newFrom && before) items.unshift({ kind: "new", key: "new" });
    if (!before || dayKey(before.at) !== day) items.unshift({ kind: "day", key: day, at });
    return items;
  });
}
