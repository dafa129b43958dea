import type { DegradationReason, GateDecision } from "@/lib/credits/core/decide-gate";

/** What is known of an inbound message when it arrives. */
export type HandlingFacts = {
  readonly wantsAnswer: boolean;
  readonly consent: "opt_out" | "opt_in" | "help" | null;
  readonly canBeAnswered: boolean;
  readonly optedOut: boolean;
  /** WhatsApp: less than 24 hours since the customer's last message, by the provider's clock. SMS: always true. */
  readonly windowOpen: boolean;
  readonly held: boolean;
  /** Canned replies to this sender in the last ten minutes. */
  readonly recentCanned: number;
  readonly gate: GateDecision;
};

export type Handling =
  /** Stored and shown; nothing is sent. `attention`: a person should look. */
  | { readonly kind: "record"; readonly attention: boolean }
  /** A job classifies and answers. */
  | { readonly kind: "answer" }
  /** No AI at all: flagged for staff, with the canned reply unless it cannot or must not go. */
  | { readonly kind: "degrade"; readonly reason: DegradationReason; readonly canned: boolean };

/** More than this many canned replies in ten minutes is two machines talking to each other. */
const MAX_RECENT_CANNED = 3;

/** Consent and unanswerable senders first, then who holds the conversation, then the gate. */
export function decideHandling(facts: HandlingFacts): Handling {
  if (!facts.wantsAnswer || facts.consent) return { kind: "record", attention: false };
  if (!facts.canBeAnswered || facts.optedOut || facts.held) return { kind: "record", attention: true };
  if (facts.gate.kind === "degrade") {
    const canned = facts.windowOpen && facts.recentCanned < MAX_RECENT_CANNED;
    return { kind: "degrade", reason: facts.gate.reason, canned };
  }
  // Delivered so late that nothing free-form may be sent any more: an answer could not go, so none is made.
  return facts.windowOpen ? { kind: "answer" } : { kind: "record", attention: true };
}
