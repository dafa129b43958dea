import { clawbackTarget } from "@/lib/credits/core/clawback";

/** What Stripe says of a payment, whole and now. Amounts in pence of `currency`. */
export type PaymentFacts = {
  /** Stripe's: succeeded, processing, requires_…, canceled, or what a later version adds. */
  readonly status: string;
  readonly currency: string;
  readonly receivedPence: number;
  /** Refunds that stand, all together. */
  readonly refundedPence: number;
  /** Disputes that were lost, all together. */
  readonly lostPence: number;
  /** A dispute waits for its end. */
  readonly disputeOpen: boolean;
};

/** What was ordered: what the customer gets, and for how much. */
export type Terms = { readonly microcredits: bigint; readonly pricePence: number };

export type PurchaseStatus = "paid" | "partly_refunded" | "refunded" | "disputed" | "charged_back";

export type PaymentDecision =
  | { readonly kind: "unpaid" }
  /** Money came, but not what was ordered: a person has to look. */
  | { readonly kind: "mismatch" }
  | {
      readonly kind: "paid";
      /** How much of the grant is taken back in all, microcredits. */
      readonly takenBack: bigint;
      /** What the customer has back in all, at most the price. */
      readonly returnedPence: number;
      readonly status: PurchaseStatus;
    };

/**
 * What a payment means for the ledger. It depends on Stripe's cumulative state alone, never on which event came:
 * so any order and any number of events end in the same place.
 */
export function decidePayment(facts: PaymentFacts, terms: Terms): PaymentDecision {
  if (facts.status !== "succeeded") return { kind: "unpaid" };
  if (facts.currency !== "gbp" || facts.receivedPence !== terms.pricePence) return { kind: "mismatch" };
  const returnedPence = Math.min(facts.refundedPence + facts.lostPence, terms.pricePence);
  return {
    kind: "paid",
    takenBack: clawbackTarget(terms.microcredits, BigInt(returnedPence), BigInt(terms.pricePence)),
    returnedPence,
    status: statusOf(facts, returnedPence, terms.pricePence),
  };
}

function statusOf(facts: PaymentFacts, returnedPence: number, pricePence: number): PurchaseStatus {
  if (facts.disputeOpen) return "disputed";
  if (facts.lostPence > 0) return "charged_back";
  if (returnedPence === 0) return "paid";
  return returnedPence < pricePence ? "partly_refunded" : "refunded";
}

/** Whether two readings of a payment say the same: then the second means nothing new. */
export const isSameReading = (one: PaymentFacts, other: PaymentFacts): boolean =>
  one.status === other.status &&
  one.currency === other.currency &&
  one.receivedPence === other.receivedPence &&
  one.refundedPence === other.refundedPence &&
  one.lostPence === other.lostPence &&
  one.disputeOpen === other.disputeOpen;
