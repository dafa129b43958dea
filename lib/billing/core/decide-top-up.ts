import { londonDay, londonMoment } from "@/lib/shared/london-time";

/** Whole credits: below it a threshold makes no sense. */
export const MIN_THRESHOLD = 10;
/** A card that was charged so often within an hour is left alone for another. */
const MAX_CHARGES_AN_HOUR = 3;
/** So many failures in a row pause it. */
export const MAX_FAILURES = 3;
export const REST_MS = 3_600_000;
/** How long a cardholder can confirm a payment for which their bank asked for authentication. */
export const LINK_MS = 24 * 3_600_000;

/** Why nothing is charged until an owner saves it, or another card comes. */
export type PauseReason = "declined" | "hard_decline" | "authentication" | "dispute";

/** Why nothing is charged for an hour. */
export type RestReason = "declined" | "too_many_charges";

/** What became of a charge by the bank's or our own word; for the activity, and for what follows. */
export type FailureReason =
  | "insufficient_funds"
  | "card_expired"
  | "card_lost"
  | "card_invalid"
  | "card_gone"
  | "processing_error"
  | "authentication_failed"
  | "declined"
  | "refused";

/** Why a claimed charge was not made. */
export type WithdrawnReason =
  | "switched_off"
  | "terms_changed"
  | "not_buying"
  | "not_needed"
  | "paused"
  | "pack_unavailable"
  | "limit_reached"
  | "month_passed"
  | "not_finished"
  | "not_paid";

export type TopUpFacts = {
  readonly enabled: boolean;
  /** Microcredits. */
  readonly balance: bigint;
  readonly threshold: bigint;
  /** What keeps the organisation from buying: support, or its state. */
  readonly stopped: "frozen" | "state" | null;
  readonly pausedReason: PauseReason | null;
  readonly restUntil: Date | null;
  /** A charge is under way; a page that waits for the cardholder is none. */
  readonly attemptOpen: boolean;
  /** Until when a cardholder can authenticate one; null: none is waiting. */
  readonly linkUntil: Date | null;
  /** Null: it is not offered any more, or never had a price. Pence, VAT included. */
  readonly pack: { readonly pricePence: number } | null;
  readonly hasCard: boolean;
  /** Null: no limit. */
  readonly monthlyLimitPence: number | null;
  /** Charged, or claimed to be, in this calendar month. */
  readonly monthPence: number;
  /** Charges begun within the last hour. */
  readonly chargesInHour: number;
};

/** What keeps it from charging, whatever the balance. */
export type Standstill =
  | { readonly kind: "off" }
  | { readonly kind: "suspended"; readonly by: "frozen" | "state" }
  | { readonly kind: "charging" }
  | { readonly kind: "paused"; readonly reason: PauseReason }
  | { readonly kind: "needs_authentication"; readonly until: Date }
  | { readonly kind: "resting"; readonly until: Date }
  | { readonly kind: "pack_unavailable" }
  | { readonly kind: "no_card" };

export type TopUpDecision =
  | Standstill
  | { readonly kind: "try"; readonly pricePence: number }
  | { readonly kind: "not_needed" }
  | { readonly kind: "limit_reached"; readonly limitPence: number }
  | { readonly kind: "too_many_charges" };

/** Whether a pack may be bought now, and if not, why. What only an owner can change comes before what passes by itself. */
export function decideTopUp(facts: TopUpFacts, now: Date): TopUpDecision {
  const stopped = standsStill(facts, now);
  if (stopped) return stopped;
  if (facts.balance >= facts.threshold) return { kind: "not_needed" };
  const { pack } = facts;
  if (!pack) return { kind: "pack_unavailable" };
  if (isBeyondLimit(facts, pack.pricePence))
    return { kind: "limit_reached", limitPence: facts.monthlyLimitPence ?? 0 };
  if (facts.chargesInHour >= MAX_CHARGES_AN_HOUR) return { kind: "too_many_charges" };
  return { kind: "try", pricePence: pack.pricePence };
}

/** What keeps it from charging, whatever the balance; undefined: nothing does. */
export function standsStill(
  facts: Omit<TopUpFacts, "balance" | "threshold">,
  now: Date,
): Standstill | undefined {
  if (!facts.enabled) return { kind: "off" };
  if (facts.stopped) return { kind: "suspended", by: facts.stopped };
  if (facts.attemptOpen) return { kind: "charging" };
  if (facts.pausedReason) return { kind: "paused", reason: facts.pausedReason };
  if (facts.linkUntil && facts.linkUntil > now)
    return { kind: "needs_authentication", until: facts.linkUntil };
  if (!facts.pack) return { kind: "pack_unavailable" };
  if (!facts.hasCard) return { kind: "no_card" };
  if (facts.restUntil && facts.restUntil > now) return { kind: "resting", until: facts.restUntil };
  return undefined;
}

/** Why what was claimed under a consent may not be charged any more; undefined while that consent stands. */
export function consentEnded(
  topUp: { readonly enabled: boolean; readonly consentId: string } | undefined,
  { consentId }: { readonly consentId: string },
): "switched_off" | "terms_changed" | undefined {
  if (!topUp?.enabled) return "switched_off";
  return topUp.consentId === consentId ? undefined : "terms_changed";
}

/**
 * Why what was claimed and not charged yet may not be charged any more: what decided its claim is asked again, without the claim
 * itself. Undefined where it may. The card is looked up at Stripe, and the month compared, elsewhere.
 */
export function claimLapsed(facts: TopUpFacts, claimedPence: number, now: Date): WithdrawnReason | undefined {
  const before: TopUpFacts = {
    ...facts,
    attemptOpen: false,
    linkUntil: null,
    restUntil: null,
    chargesInHour: 0,
    hasCard: true,
    monthPence: facts.monthPence - claimedPence,
  };
  const { kind } = decideTopUp(before, now);
  switch (kind) {
    case "off":
      return "switched_off";
    case "suspended":
      return "not_buying";
    case "not_needed":
    case "paused":
    case "pack_unavailable":
    case "limit_reached":
      return kind;
    case "try":
    case "charging":
    case "needs_authentication":
    case "resting":
    case "no_card":
    case "too_many_charges":
      return undefined;
  }
}

/** Whether one more pack would go beyond what the owner allows in a calendar month. */
export const isBeyondLimit = (
  { monthlyLimitPence, monthPence }: Pick<TopUpFacts, "monthlyLimitPence" | "monthPence">,
  pricePence: number,
): boolean => monthlyLimitPence !== null && monthPence + pricePence > monthlyLimitPence;

/** The calendar month in London, "2026-11": whose limit a charge counts towards. */
export const monthOf = (at: Date): string => londonDay(at).slice(0, 7);

/** The first moment of the next calendar month in London. */
export function nextMonth(at: Date): Date {
  const [year = 0, month = 1] = monthOf(at).split("-").map(Number);
  return londonMoment(
    month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`,
  );
}

/** What Stripe says of a payment that was to be charged. */
export type ChargeFacts = {
  readonly status: string;
  /** Of the last failure: Stripe's `code` and `decline_code`. */
  readonly errorCode: string | null;
  readonly declineCode: string | null;
  /** Why it was cancelled: we cancel as `abandoned` where the bank asked for authentication. */
  readonly cancellationReason: string | null;
};

export type ChargeOutcome =
  | { readonly kind: "paid" }
  /** A bank takes its time. */
  | { readonly kind: "processing" }
  /** Nobody has charged it yet. */
  | { readonly kind: "unsent" }
  | { readonly kind: "withdrawn" }
  | { readonly kind: "needs_authentication" }
  /** `hard`: another charge of this card would be in vain. */
  | { readonly kind: "failed"; readonly reason: FailureReason; readonly hard: boolean };

/** What became of a charge, from the payment as it is read again: never from the answer to the request. */
export function chargeOutcome(charge: ChargeFacts): ChargeOutcome {
  if (charge.status === "succeeded") return { kind: "paid" };
  if (charge.status === "processing") return { kind: "processing" };
  if (charge.status === "requires_action") return { kind: "needs_authentication" };
  if (isAuthentication(charge)) return { kind: "needs_authentication" };
  if (charge.errorCode !== null || charge.declineCode !== null) {
    const reason = reasonOf(charge.declineCode ?? charge.errorCode ?? "");
    return { kind: "failed", reason, hard: isHardDecline(reason, charge.declineCode) };
  }
  if (charge.status === "canceled")
    return charge.cancellationReason === "abandoned"
      ? { kind: "needs_authentication" }
      : { kind: "withdrawn" };
  return { kind: "unsent" };
}

const isAuthentication = ({ errorCode, declineCode }: ChargeFacts): boolean =>
  errorCode === "authentication_required" || declineCode === "authentication_required";

/** Stripe's codes in ours. Source: https://docs.stripe.com/declines/codes */
const REASONS: Readonly<Record<string, FailureReason>> = {
  insufficient_funds: "insufficient_funds",
  withdrawal_count_limit_exceeded: "insufficient_funds",
  expired_card: "card_expired",
  lost_card: "card_lost",
  stolen_card: "card_lost",
  pickup_card: "card_lost",
  restricted_card: "card_invalid",
  incorrect_number: "card_invalid",
  invalid_number: "card_invalid",
  incorrect_cvc: "card_invalid",
  invalid_cvc: "card_invalid",
  invalid_account: "card_invalid",
  invalid_expiry_month: "card_invalid",
  invalid_expiry_year: "card_invalid",
  card_not_supported: "card_invalid",
  currency_not_supported: "card_invalid",
  new_account_information_available: "card_invalid",
  processing_error: "processing_error",
  issuer_not_available: "processing_error",
  payment_intent_authentication_failure: "authentication_failed",
};

/** The bank will refuse these again: charging the same card once more brings nothing. */
const HARD: readonly string[] = [
  "card_lost",
  "card_expired",
  "card_invalid",
  "card_gone",
] satisfies FailureReason[];
/** Declines that stand for good, although their owner is told no more than "declined". */
const HARD_CODES: readonly string[] = [
  "fraudulent",
  "revocation_of_authorization",
  "revocation_of_all_authorizations",
  "stop_payment_order",
  "security_violation",
  "transaction_not_allowed",
  "merchant_blacklist",
];

const reasonOf = (code: string): FailureReason => REASONS[code] ?? "declined";

/** Whether another charge of this card would be in vain. */
export const isHardDecline = (reason: FailureReason, declineCode: string | null): boolean =>
  HARD.includes(reason) || (declineCode !== null && HARD_CODES.includes(declineCode));

export type AfterFailure =
  | { readonly kind: "rest"; readonly failures: number; readonly until: Date; readonly first: boolean }
  | { readonly kind: "pause"; readonly failures: number; readonly reason: PauseReason };

/** What follows a failure: an hour of rest, or a pause after a hard decline and after three in a row. */
export function afterFailure(failuresBefore: number, isHard: boolean, now: Date): AfterFailure {
  const failures = failuresBefore + 1;
  if (isHard) return { kind: "pause", failures, reason: "hard_decline" };
  if (failures >= MAX_FAILURES) return { kind: "pause", failures, reason: "declined" };
  return { kind: "rest", failures, until: new Date(now.getTime() + REST_MS), first: failures === 1 };
}

/** Whether a pause is the card's: another one lifts it. */
const isOfCard = (reason: PauseReason | null): boolean => reason !== null && reason !== "dispute";

/** The fingerprint of the card that a pause is about; null where it is about none. */
export const cardAtFault = ({
  pausedReason,
  failedFingerprint,
}: {
  readonly pausedReason: PauseReason | null;
  readonly failedFingerprint: string | null;
}): string | null => (isOfCard(pausedReason) ? failedFingerprint : null);

/** Whether a card lifts a pause: it is another one than that which failed, and the pause was the card's. */
export const liftsPause = (
  pausedReason: PauseReason | null,
  failedFingerprint: string | null,
  fingerprint: string | null,
): boolean => isOfCard(pausedReason) && fingerprint !== null && fingerprint !== failedFingerprint;
