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

/** What the customer was promised for it. */
export type Order = { readonly credits: bigint; readonly pricePence: number };

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
export function decidePayment(facts: PaymentFacts, order: Order): PaymentDecision {
  if (facts.status !== "succeeded") return { kind: "unpaid" };
  if (facts.currency !== "gbp" || facts.receivedPence !== order.pricePence) return { kind: "mismatch" };
  const returnedPence = Math.min(facts.refundedPence + facts.lostPence, order.pricePence);
  return {
    kind: "paid",
    takenBack: clawbackTarget(order.credits, BigInt(returnedPence), BigInt(order.pricePence)),
    returnedPence,
    status: statusOf(facts, returnedPence, order.pricePence),
  };
}

function statusOf(facts: PaymentFacts, returnedPence: number, pricePence: number): PurchaseStatus {
  if (facts.disputeOpen) return "disputed";
  if (facts.lostPence > 0) return "charged_back";
  if (returnedPence === 0) return "paid";
  return returnedPence < pricePence ? "partly_refunded" : "refunded";
}

/** What Stripe says of a Checkout session. */
export type SessionFacts = {
  /** Stripe's: open, complete, expired. */
  readonly status: string;
};

export type CheckoutStatus = "open" | "processing" | "paid" | "failed" | "expired";

/**
 * Where a checkout stands. A session that is complete and not paid waits for the customer's bank, or has heard no from it.
 * A refused card leaves the session open for another one.
 */
export function checkoutStatus(
  session: SessionFacts | undefined,
  payment: PaymentFacts["status"] | undefined,
): CheckoutStatus {
  if (payment === "succeeded") return "paid";
  if (session?.status === "expired") return "expired";
  if (session?.status === "complete") return payment === "processing" ? "processing" : "failed";
  return payment === "processing" ? "processing" : "open";
}
