import { type Attempt, attempt } from "./attempts";
import { createCustomer } from "./customers";
import { change } from "./events";
import { addBankDebit, addCard, type CardData } from "./method-objects";
import { createIntent } from "./new-intent";
import type { PaymentIntent, PaymentMethod, Session } from "./objects";
import { intentOfSession } from "./session-progress";
import type { StripeState } from "./state";

/** What a customer gives on the hosted page. */
export type Payer =
  | { kind: "card"; data: CardData }
  | { kind: "bank-debit" }
  /** A card that the customer saved before. */
  | { kind: "saved"; method: PaymentMethod };

export type Paying =
  /** Somebody paid it already, or it is too late. */
  { kind: "closed"; session: Session } | { kind: "tried"; session: Session; attempt: Attempt };

/** The payment exists only once the customer confirms; after a decline it is used again. */
function intentFor(state: StripeState, session: Session): PaymentIntent {
  const existing = intentOfSession(state, session);
  if (existing) return existing;
  const plan = state.plans.get(session.id);
  return createIntent(state, {
    amount: session.amount_total,
    currency: session.currency,
    customer: session.customer,
    description: plan?.payment.description ?? null,
    metadata: plan?.payment.metadata ?? {},
    receiptEmail: plan?.payment.receiptEmail ?? null,
    setupFutureUsage: plan?.payment.setupFutureUsage ?? null,
    types: session.payment_method_types,
  });
}

function payerIn(state: StripeState, session: Session, method: PaymentMethod): Session {
  const { email, name } = method.billing_details;
  const creates = session.customer === null && state.plans.get(session.id)?.createsCustomer === true;
  const customer = creates ? createCustomer(state, { email, name }).id : session.customer;
  const known = session.customer_details;
  return change(state, state.sessions, session, {
    customer,
    customer_details: {
      address: null,
      business_name: null,
      individual_name: null,
      phone: null,
      tax_exempt: "none",
      tax_ids: null,
      email: known?.email ?? email,
      name,
    },
  });
}

function methodOf(state: StripeState, payer: Payer): PaymentMethod {
  switch (payer.kind) {
    case "card":
      return addCard(state, payer.data);
    case "bank-debit":
      return addBankDebit(state);
    case "saved":
      return payer.method;
  }
}

/** A session for a subscription does not show its payment: the subscription's invoice will. */
function begin(state: StripeState, session: Session, intent: PaymentIntent): void {
  const plan = state.plans.get(session.id);
  if (plan?.subscription) state.plans.set(session.id, { ...plan, intent: intent.id });
  else change(state, state.sessions, session, { payment_intent: intent.id });
}

/** The customer presses Pay. */
export function paySession(state: StripeState, opened: Session, payer: Payer): Paying {
  if (opened.status !== "open") return { kind: "closed", session: opened };
  const method = methodOf(state, payer);
  const named = payerIn(state, opened, method);
  const intent = intentFor(state, named);
  begin(state, named, intent);
  const tried = attempt(state, {
    intent,
    method,
    offSession: false,
    authenticated: false,
    returnUrl: returnUrlOf(named),
  });
  return { kind: "tried", session: state.sessions.get(opened.id) ?? named, attempt: tried };
}

/** Where a customer goes who has paid. */
export const returnUrlOf = ({ id, success_url }: Session): string =>
  success_url.replaceAll("{CHECKOUT_SESSION_ID}", id);
