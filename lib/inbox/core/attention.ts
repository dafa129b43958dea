import { type DegradationReason, isDegradationReason } from "@/lib/credits/core/decide-gate";

/** Why a person should look at a conversation. */
export type AttentionReason =
  | DegradationReason
  | "no-automatic-answer"
  | "asked-for-a-person"
  | "ai-unsure"
  | "ai-failed"
  | "too-many-replies"
  | "missed-call"
  /** It arrived when WhatsApp's window had closed: no automatic word was sent. */
  | "window-closed"
  | "snooze-over"
  | "not-delivered";

/**
 * The reason as it is true now: a message that began without credits still waits when there are credits again, but that
 * is no longer the reason. `present` is the gate's own reason at this moment.
 */
export function attentionNow(stored: string | null, present: DegradationReason | null): string | null {
  if (!isDegradationReason(stored)) return stored;
  return present ?? "no-automatic-answer";
}
