import { replaceEqualDeep } from "@tanstack/react-query";
import type { ThreadDto } from "./get-conversation";

/**
 * The thread as it was just read, with the earlier messages that were loaded before it. Where more has come than one page
 * holds, there would be a gap: then the earlier ones are let go, and loaded again by who scrolls up to them.
 */
export function joinThread(before: ThreadDto | undefined, after: ThreadDto): ThreadDto {
  const first = after.messages[0];
  const from = before?.messages.findIndex(({ id }) => id === first?.id) ?? -1;
  if (!before || !first || from < 1) return after;
  return {
    ...after,
    messages: [...before.messages.slice(0, from), ...after.messages],
    events: [
      ...before.events.filter(({ at }) => at < first.at),
      ...after.events.filter(({ at }) => at >= first.at),
    ],
    earlier: before.earlier,
  };
}

/** For the cache of threads: what did not change stays the same object. */
export const shareThread = (before: unknown, after: unknown): unknown =>
  replaceEqualDeep(before, joinThread(before as ThreadDto | undefined, after as ThreadDto));
