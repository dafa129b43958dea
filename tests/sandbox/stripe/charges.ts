import type Stripe from "stripe";
import type { Decline } from "./declines";
import type { Endpoint } from "./endpoint";
import { noSuch } from "./errors";
import { emit } from "./events";
import { listBy } from "./lists";
import type { Charge, PaymentIntent, PaymentMethod } from "./objects";
import type { StripeState } from "./state";

export type ChargeResult = { kind: "succeeded" } | { kind: "pending" } | { kind: "failed"; decline: Decline };

const RISK_SCORE = 12;

export function outcomeOf(result: ChargeResult): Stripe.Charge.Outcome {
  const risk = { risk_level: "normal", risk_score: RISK_SCORE };
  if (result.kind === "failed")
    return {
      advice_code: result.decline.advice,
      network_advice_code: null,
      network_decline_code: null,
      network_status: "declined_by_network",
      reason: result.decline.declineCode,
      ...risk,
      seller_message: "The bank declined the payment.",
      type: "issuer_declined",
    };
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: "approved_by_network",
    reason: null,
    ...risk,
    seller_message: "Payment complete.",
    type: "authorized",
  };
}

function cardDetails(
  card: Stripe.PaymentMethod.Card,
  amount: number,
  authenticated: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4, regulated_status } = card;
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand,
    checks,
    country,
    electronic_commerce_indicator: null,
    exp_month,
    exp_year,
    extended_authorization: { status: "disabled" },
    fingerprint: fingerprint ?? null,
    funding,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
    regulated_status,
    three_d_secure: authenticated
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: "5e6a9f1c-3d0a-4a55-9d3e-000000000000",
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}

function detailsOf(
  method: PaymentMethod,
  amount: number,
  authenticated: boolean,
): Stripe.Charge.PaymentMethodDetails {
  if (method.card) return { type: "card", card: cardDetails(method.card, amount, authenticated) };
  const { fingerprint = null, last4 = null, sort_code = null } = method.bacs_debit ?? {};
  return {
    type: "bacs_debit",
    bacs_debit: { fingerprint, last4, mandate: null, sort_code },
  };
}

interface Charged {
  intent: PaymentIntent;
  method: PaymentMethod;
  authenticated: boolean;
  result: ChargeResult;
}

const EVENT = { succeeded: "charge.succeeded", pending: "charge.pending", failed: "charge.failed" } as const;

/** One attempt to charge, kept whatever came of it. */
export function addCharge(state: StripeState, { intent, method, authenticated, result }: Charged): Charge {
  const id = state.newId("ch");
  const succeeded = result.kind === "succeeded";
  const failure = result.kind === "failed" ? result.decline : null;
  const charge: Charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: succeeded ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: succeeded ? state.newId("txn") : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: "TORQUEFLOW",
    captured: succeeded,
    created: state.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(result),
    paid: succeeded,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, intent.amount, authenticated),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: succeeded ? `${state.sandbox.url()}/checkout/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: result.kind,
    transfer_data: null,
    transfer_group: null,
  };
  emit(state, EVENT[result.kind], state.charges.put(charge));
  return charge;
}

export function chargeOf({ charges }: StripeState, id: string, param?: string): Charge {
  const charge = charges.get(id);
  if (!charge) throw noSuch("charge", id, param);
  return charge;
}

export const chargeEndpoints: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/charges",
    name: "charges.list",
    run: ({ charges }, { given, path }) =>
      listBy(charges.list(), given, ["customer", "payment_intent"], path),
  },
  {
    method: "GET",
    path: "/charges/:id",
    name: "charges.retrieve",
    run: (state, { id }) => chargeOf(state, id),
  },
];
