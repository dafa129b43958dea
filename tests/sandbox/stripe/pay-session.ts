import { type Attempt, attempt } from "./attempts";
import { createCustomer } from "./customers";
import { change } from "./events";
import { addBankDebit, addCard, type CardData } from "./method-objects";
import { createIntent } from "./new-intent";
import type { PaymentIntent, PaymentMethod, Session } from "./objects";
import type { StripeState } from "./state";

/** What a customer gives on the hosted page. */
export type Payer = { kind: "card"; data: CardData } | { kind: "bank-debit" };

export type Paying =
  /** Somebody paid it already, or it is too late. */
  { kind: "closed"; session: Session } | { kind: "tried"; session: Session; attempt: Attempt };

/** The payment exists only once the customer confirms; after a decline it is used again. */
function intentFor(state: StripeState, session: Session): PaymentIntent {
  const existing = state.paymentIntents.get(session.payment_intent ?? "");
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

/** The customer presses Pay. */
export function paySession(state: StripeState, opened: Session, payer: Payer): Paying {
  if (opened.status !== "open") return { kind: "closed", session: opened };
  const method = payer.kind === "card" ? addCard(state, payer.data) : addBankDebit(state);
  const named = payerIn(state, opened, method);
  const intent = intentFor(state, named);
  change(state, state.sessions, named, { payment_intent: intent.id });
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
