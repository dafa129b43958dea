import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import type { StoredState } from "./conversation-state";
import type { MessageType } from "./message";

/** What an arrival changes in a conversation's state. */
export type News = {
  /** When it was received; null where there is nothing for a person to read: then all stays as it is. */
  readonly inboundAt: Date | null;
  /** Why it began degraded, if it did. */
  readonly degradedReason: DegradationReason | null;
  /** The id of the event that says so, where it reopens what was done or set aside. */
  readonly reopening: string | null;
};

const SAYS_NOTHING: ReadonlySet<MessageType> = new Set(["reaction", "edit", "revoke", "system"]);

/** Whether a message is one that a person should read. */
export const isNews = (type: MessageType, revokedAt: Date | null): boolean =>
  !SAYS_NOTHING.has(type) && revokedAt === null;

/** `inboundAt` and `degradedReason` as `News` has them. */
export function newsFor(
  { doneAt, snoozedUntil }: StoredState,
  { inboundAt, degradedReason }: Omit<News, "reopening">,
  newId: () => string,
): News {
  const reopens = inboundAt !== null && (doneAt !== null || snoozedUntil !== null);
  return { inboundAt, degradedReason, reopening: reopens ? newId() : null };
}
