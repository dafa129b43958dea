import type { DegradationReason, GateDecision } from "@/lib/credits/core/decide-gate";

/** How long a message from the garage's own phone pauses the AI, and keeps canned words out of a held conversation. */
export const QUIET_MS = 30 * 60_000;

/** Who of the garage's people has a conversation. */
export type WithPeople = {
  /** The member who holds it. */
  readonly heldBy: string | null;
  /** Until when a message from the garage's own phone pauses the AI. */
  readonly aiPausedUntil: Date | null;
};

/** Why the AI does not answer in a conversation at this moment; every part is null where it answers. */
export type AiPause = WithPeople & { readonly reason: DegradationReason | null };

/**
 * Whether the AI answers here now: not while a person holds the conversation, not for half an hour after the garage wrote
 * from its own phone, and not without credits. Each of them is a fact of this moment, and may stand beside the others.
 */
export const aiPause = ({ heldBy, aiPausedUntil }: WithPeople, gate: GateDecision, now: Date): AiPause => ({
  heldBy,
  aiPausedUntil: aiPausedUntil !== null && aiPausedUntil > now ? aiPausedUntil : null,
  reason: gate.kind === "degrade" ? gate.reason : null,
});

/** Whether a person has the conversation, whatever the credits say: then the AI's words are not sent. */
export const isWithPeople = ({ heldBy, aiPausedUntil }: WithPeople, now: Date): boolean =>
  heldBy !== null || (aiPausedUntil !== null && aiPausedUntil > now);
