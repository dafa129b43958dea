/** Done, or set aside for a time, or neither. */
export type ConversationState = "open" | "snoozed" | "done";

export type StoredState = { readonly doneAt: Date | null; readonly snoozedUntil: Date | null };

/** What a conversation is at this moment: a snooze ends at its time, whenever its job comes. */
export function stateOf({ doneAt, snoozedUntil }: StoredState, now: Date): ConversationState {
  if (doneAt !== null) return "done";
  return snoozedUntil !== null && snoozedUntil > now ? "snoozed" : "open";
}
