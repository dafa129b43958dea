import { windowIsOpen } from "./window";

export type SendFacts = {
  readonly status: string;
  readonly author: "ai" | "canned" | "staff";
  /** A person has the conversation: holds it, or wrote from the garage's own phone a moment ago. */
  readonly withPeople: boolean;
  readonly optedOut: boolean;
  /** The garage has the number that it would leave from: it was not disconnected, or moved to another garage. */
  readonly lineServes: boolean;
  /** WhatsApp: when its window ends, null before the customer ever wrote. Other channels have none, and templates need none. */
  readonly window: { readonly endsAt: Date | null } | null;
  readonly now: Date;
};

export type SendRefusal = "taken-over" | "opted-out" | "window-closed" | "line-gone";

export type SendDecision =
  | { readonly kind: "send" }
  | { readonly kind: "refused"; readonly reason: SendRefusal }
  | { readonly kind: "done" };

/** Whether a queued message may still go. The AI does not answer while a person has the conversation. */
export function decideSend(facts: SendFacts): SendDecision {
  if (facts.status !== "queued") return { kind: "done" };
  if (facts.author === "ai" && facts.withPeople) return { kind: "refused", reason: "taken-over" };
  if (!facts.lineServes) return { kind: "refused", reason: "line-gone" };
  if (facts.optedOut) return { kind: "refused", reason: "opted-out" };
  const closed = facts.window !== null && !windowIsOpen(facts.window.endsAt ?? new Date(0), facts.now);
  return closed ? { kind: "refused", reason: "window-closed" } : { kind: "send" };
}
