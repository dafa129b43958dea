import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { type CardOnFile, onFile, type TestCard } from "./cards";
import type { PaymentMethod } from "./objects";
import { fullAddress } from "./params";
import type { StripeState } from "./state";

const FINGERPRINT_LENGTH = 16;

export interface CardData {
  card: TestCard;
  expMonth: number;
  expYear: number;
  name: string | null;
  email: string | null;
}

const NO_ONE: Stripe.PaymentMethod.BillingDetails = {
  address: fullAddress(undefined),
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** The same for every payment method of one number, as Stripe's is. */
const fingerprintOf = (number: string): string =>
  createHash("sha256").update(`card ${number}`).digest("base64url").slice(0, FINGERPRINT_LENGTH);

const cardDetails = ({ card, expMonth, expYear }: CardData): Stripe.PaymentMethod.Card => ({
  brand: card.brand,
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
  country: "GB",
  display_brand: card.brand,
  exp_month: expMonth,
  exp_year: expYear,
  fingerprint: fingerprintOf(card.number),
  funding: card.funding,
  generated_from: null,
  last4: card.number.slice(-4),
  networks: { available: [card.brand], preferred: null },
  regulated_status: "unregulated",
  three_d_secure_usage: { supported: true },
  wallet: null,
});

function add(
  state: StripeState,
  file: CardOnFile,
  details: Pick<PaymentMethod, "type" | "card" | "bacs_debit">,
  person: Partial<Stripe.PaymentMethod.BillingDetails>,
): PaymentMethod {
  const method: PaymentMethod = {
    id: state.newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { ...NO_ONE, ...person },
    created: state.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    ...details,
  };
  state.cards.set(method.id, file);
  return state.paymentMethods.put(method);
}

export const addCard = (state: StripeState, data: CardData): PaymentMethod =>
  add(
    state,
    onFile(data.card),
    { type: "card", card: cardDetails(data) },
    { name: data.name, email: data.email },
  );

export const addBankDebit = (state: StripeState): PaymentMethod =>
  add(
    state,
    onFile(null),
    {
      type: "bacs_debit",
      bacs_debit: { fingerprint: fingerprintOf("bank"), last4: "2345", sort_code: "108800" },
    },
    {},
  );
