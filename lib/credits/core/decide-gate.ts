import { type SubscriptionState, termsOf } from "./subscription";
import { isCapReached } from "./trial-cap";

/** What the gate knows of an organisation: one row, exact units (microcredits, micro-pounds). */
export type AccountFacts = {
  readonly state: SubscriptionState;
  readonly balance: bigint;
  readonly frozen: boolean;
  readonly trialCapMicroGbp: bigint;
  readonly trialSpentMicroGbp: bigint;
};

/** The facts, or why they could not be read. */
export type GateFacts = AccountFacts | { readonly unknown: "error" | "timeout" };

const DEGRADATION_REASONS = ["credit-exhaustion", "trial-cap"] as const;

/** Why credits say no. */
export type DegradationReason = (typeof DEGRADATION_REASONS)[number];

export const isDegradationReason = (value: unknown): value is DegradationReason =>
  DEGRADATION_REASONS.some((reason) => reason === value);

export type GateDecision =
  | { readonly kind: "allow"; readonly billable: boolean; readonly failOpen: boolean }
  | { readonly kind: "degrade"; readonly reason: DegradationReason };

/**
 * The gate, in the order of the spec: demo, failed check (fail open), frozen, trial cap, balance.
 * A cap of 0 is no cap; for trials the balance plays no part.
 */
export function decideGate(facts: GateFacts): GateDecision {
  if ("unknown" in facts) return { kind: "allow", billable: true, failOpen: true };
  const { gate } = termsOf(facts.state);
  if (gate === "nothing") return { kind: "allow", billable: false, failOpen: false };
  if (facts.frozen) return { kind: "degrade", reason: "credit-exhaustion" };
  if (gate === "cap") {
    return isCapReached(facts)
      ? { kind: "degrade", reason: "trial-cap" }
      : { kind: "allow", billable: true, failOpen: false };
  }
  return facts.balance > 0n
    ? { kind: "allow", billable: true, failOpen: false }
    : { kind: "degrade", reason: "credit-exhaustion" };
}
