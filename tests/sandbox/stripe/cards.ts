import type { DeclineName } from "./declines";

/** When a card asks its holder to confirm a payment. */
type Asks = "never" | "always" | "on-session" | "until-set-up";
export type DisputeKind = "fraudulent" | "product_not_received" | "inquiry";

/** A number of Stripe's documented test cards, and what it does. */
export interface TestCard {
  number: string;
  brand: "visa" | "mastercard" | "amex";
  funding: "credit" | "debit";
  /** Ready-made payment methods that stand for it. */
  tokens: readonly string[];
  /** What the pages call it. */
  does: string;
  asks: Asks;
  /** Every charge is refused, and it cannot be saved. */
  declines?: DeclineName;
  /** It can be saved; charges without the customer are refused. */
  declinesOffSession?: DeclineName;
  declinesOnceAuthenticated?: DeclineName;
  disputes?: DisputeKind;
  refundsPend?: true;
}

const card = (
  number: string,
  does: string,
  tokens: readonly string[],
  more: Partial<TestCard> = {},
): TestCard => ({ number, does, tokens, brand: "visa", funding: "credit", asks: "never", ...more });

/** Source: docs.stripe.com/testing */
export const TEST_CARDS: readonly TestCard[] = [
  card("4242424242424242", "Succeeds", ["pm_card_visa"]),
  card("5555555555554444", "Succeeds (Mastercard)", ["pm_card_mastercard"], { brand: "mastercard" }),
  card("378282246310005", "Succeeds (American Express)", ["pm_card_amex"], { brand: "amex" }),
  card("4000056655665556", "Succeeds (debit)", ["pm_card_visa_debit"], { funding: "debit" }),
  card("4000000000000002", "Declined", ["pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"], {
    declines: "generic_decline",
  }),
  card(
    "4000000000009995",
    "Declined: insufficient funds",
    ["pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds"],
    { declines: "insufficient_funds" },
  ),
  card("4000000000009987", "Declined: lost card", ["pm_card_visa_chargeDeclinedLostCard"], {
    declines: "lost_card",
  }),
  card("4000000000009979", "Declined: stolen card", ["pm_card_visa_chargeDeclinedStolenCard"], {
    declines: "stolen_card",
  }),
  card("4000000000000069", "Declined: expired card", ["pm_card_chargeDeclinedExpiredCard"], {
    declines: "expired_card",
  }),
  card("4000000000000127", "Declined: incorrect CVC", ["pm_card_chargeDeclinedIncorrectCvc"], {
    declines: "incorrect_cvc",
  }),
  card("4000000000000119", "Declined: processing error", ["pm_card_chargeDeclinedProcessingError"], {
    declines: "processing_error",
  }),
  card(
    "4000000000006975",
    "Declined: too many attempts",
    ["pm_card_visa_chargeDeclinedVelocityLimitExceeded"],
    {
      declines: "card_velocity_exceeded",
    },
  ),
  card("4000000000000341", "Succeeds now, declined when charged later", ["pm_card_chargeCustomerFail"], {
    declinesOffSession: "generic_decline",
  }),
  card("4000002500003155", "Authentication until it is saved", ["pm_card_authenticationRequiredOnSetup"], {
    asks: "until-set-up",
  }),
  card("4000002760003184", "Authentication every time", ["pm_card_authenticationRequired"], {
    asks: "always",
  }),
  card(
    "4000008260003178",
    "Authentication, then insufficient funds",
    ["pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"],
    { asks: "always", declinesOnceAuthenticated: "insufficient_funds" },
  ),
  card(
    "4000003800000446",
    "Authentication only while the customer is there",
    ["pm_card_authenticationRequiredSetupForOffSession"],
    { asks: "on-session" },
  ),
  card(
    "4000000000003220",
    "3D Secure 2 every time",
    ["pm_card_threeDSecure2Required", "pm_card_threeDSecureRequired"],
    { asks: "always" },
  ),
  card("4000000000000259", "Succeeds, then disputed as fraudulent", ["pm_card_createDispute"], {
    disputes: "fraudulent",
  }),
  card(
    "4000000000002685",
    "Succeeds, then disputed as not received",
    ["pm_card_createDisputeProductNotReceived"],
    {
      disputes: "product_not_received",
    },
  ),
  card("4000000000001976", "Succeeds, then an inquiry", ["pm_card_createDisputeInquiry"], {
    disputes: "inquiry",
  }),
  card("4000000000007726", "Succeeds; refunds stay pending", ["pm_card_pendingRefund"], {
    refundsPend: true,
  }),
];

/** Takes the place of a number where a bank debit is meant: it is accepted, and settles later. */
export const BANK_DEBIT = "bacs_debit";

/** What stands behind a payment method. */
export type CardOnFile = {
  /** Null for a bank debit. */
  card: TestCard | null;
  /** Its holder has authenticated for later payments. */
  isSetUp: boolean;
  /** Scripted: every further charge is refused with this. */
  declinesNow: DeclineName | null;
  /** Used without a customer, or detached: it may not be used again. */
  isSpent: boolean;
};

export const onFile = (card: TestCard | null): CardOnFile => ({
  card,
  isSetUp: false,
  declinesNow: null,
  isSpent: false,
});

export const cardOfToken = (token: string): TestCard | undefined =>
  TEST_CARDS.find(({ tokens }) => tokens.includes(token));

const LUHN_BASE = 10;

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (doubled >= LUHN_BASE ? doubled - (LUHN_BASE - 1) : doubled);
  }, 0);
  return sum % LUHN_BASE === 0;
}

export type FoundCard =
  | { kind: "found"; card: TestCard }
  | { kind: "refused"; code: string; declineCode?: string; message: string };

/** A test card by what somebody typed. */
export function findCard(typed: string): FoundCard {
  const number = typed.replace(/[\s-]/g, "");
  const found = TEST_CARDS.find((one) => one.number === number);
  if (found) return { kind: "found", card: found };
  if (!/^\d{12,19}$/.test(number))
    return {
      kind: "refused",
      code: "invalid_number",
      message: "The card number is not a valid credit card number.",
    };
  if (!passesLuhn(number))
    return { kind: "refused", code: "incorrect_number", message: "Your card number is incorrect." };
  return {
    kind: "refused",
    code: "card_declined",
    declineCode: "test_mode_live_card",
    message: "Your card was declined. Your request was in test mode, but used a non test card.",
  };
}
