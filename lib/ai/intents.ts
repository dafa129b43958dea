export const INTENTS = [
  "status_inquiry",
  "booking_request",
  "quote_question",
  "general_question",
  "escalation_request",
  "continuation",
  "spam",
  "unknown",
] as const;

export type Intent = (typeof INTENTS)[number];

/** Percent of confidence from which the AI may act on an intent. */
const THRESHOLDS: Readonly<Record<Exclude<Intent, "unknown">, number>> = {
  status_inquiry: 80,
  booking_request: 80,
  quote_question: 70,
  general_question: 70,
  escalation_request: 50,
  continuation: 60,
  spam: 90,
};

export type Plan = "reply" | "hand-off" | "no-reply";

/** What follows from a classification: too unsure means a person, certain spam means no reply. */
export function planFor(intent: Intent, confidence: number): Plan {
  if (intent === "unknown" || confidence < THRESHOLDS[intent]) return "hand-off";
  if (intent === "escalation_request") return "hand-off";
  return intent === "spam" ? "no-reply" : "reply";
}
