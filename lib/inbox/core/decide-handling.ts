import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { type AiPause, isWithPeople, QUIET_MS } from "./ai-pause";
import type { AttentionReason } from "./attention";
import { isCannedLoop } from "./loop-brake";

/** What is known of an inbound message when it is decided who deals with it. */
export type HandlingFacts = {
  readonly wantsAnswer: boolean;
  /** The provider passed on that something was said, but not what: the AI has nothing to read. */
  readonly unreadable: boolean;
  /** The customer has withdrawn it. */
  readonly revoked: boolean;
  readonly consent: "opt_out" | "opt_in" | null;
  readonly canBeAnswered: boolean;
  readonly optedOut: boolean;
  /** WhatsApp: less than 24 hours since the customer's last message, by the provider's clock. SMS: always true. */
  readonly windowOpen: boolean;
  readonly pause: AiPause;
  /** When the garage's own people last wrote to this customer, in the application or on their phone. */
  readonly teamWroteAt: Date | null;
  /** Whether the customer has had canned words since a person took the conversation over. */
  readonly cannedInHold: boolean;
  /** Canned words to this sender in the last ten minutes. */
  readonly recentCanned: number;
  readonly now: Date;
};

export type Handling =
  /** Stored and shown; no answer is expected. */
  | { readonly kind: "show" }
  /** A job classifies and answers. */
  | { readonly kind: "answer" }
  /** No AI at all: flagged for staff with the reason, and canned words unless they cannot or must not go. */
  | {
      readonly kind: "degrade";
      readonly reason: DegradationReason;
      readonly canned: boolean;
      readonly late: boolean;
    }
  /**
   * The team's, without any automatic word; `reason`: why credits would have refused, too. `late`: it came when WhatsApp's
   * window had closed.
   */
  | { readonly kind: "team"; readonly reason: DegradationReason | null; readonly late: boolean };

/**
 * Who deals with a message: what wants no answer first, then who cannot be written to, then credits, then who has the
 * conversation. The reason of degraded mode is given on every branch on which a person must answer.
 */
export function decideHandling(facts: HandlingFacts): Handling {
  const { pause } = facts;
  const { reason } = pause;
  if (!facts.wantsAnswer || facts.revoked || facts.consent === "opt_out") return { kind: "show" };
  // The provider's own words answer an opt-in, where the AI could; in degraded mode it is a message like any other.
  if (facts.consent === "opt_in" && reason === null) return { kind: "show" };
  const reachable = facts.canBeAnswered && (!facts.optedOut || facts.consent === "opt_in");
  if (!reachable) return { kind: "team", reason, late: false };
  const late = !facts.windowOpen;
  if (reason !== null) return { kind: "degrade", reason, canned: mayCan(facts), late };
  // Delivered so late that nothing free-form may be sent any more: an answer could not go, so none is made.
  const cannotAnswer = facts.unreadable || late;
  return isWithPeople(pause, facts.now) || cannotAnswer ? { kind: "team", reason, late } : { kind: "answer" };
}

/** Why a person should look at a message's conversation; null where nobody need. */
export function attentionFor(handling: Handling): AttentionReason | null {
  switch (handling.kind) {
    case "show":
    case "answer":
      return null;
    case "degrade":
      return handling.late ? "window-closed" : handling.reason;
    case "team":
      return handling.late ? "window-closed" : (handling.reason ?? "no-automatic-answer");
  }
}

/** Not outside the window, nor in a loop; in a held conversation once, and not soon after its people wrote themselves. */
function mayCan({ windowOpen, recentCanned, pause, teamWroteAt, cannedInHold, now }: HandlingFacts): boolean {
  if (!windowOpen || isCannedLoop(recentCanned)) return false;
  if (!isWithPeople(pause, now)) return true;
  const justWrote = teamWroteAt !== null && now.getTime() - teamWroteAt.getTime() < QUIET_MS;
  return !cannedInHold && !justWrote;
}
