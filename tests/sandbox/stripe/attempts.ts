import { tellInvoice } from "./billing/invoice-progress";
import type { CardOnFile } from "./cards";
import { addCharge, chargeOf, outcomeOf } from "./charges";
import { type Circumstances, decide } from "./decide";
import { type Decline, declineOf } from "./declines";
import { openDispute } from "./disputes";
import { type ErrorBody, refusal, StripeFailure } from "./errors";
import { change, emit } from "./events";
import type { Charge, PaymentIntent, PaymentMethod } from "./objects";
import { spent } from "./payment-methods";
import { tellSession } from "./session-progress";
import type { StripeState } from "./state";

export type Attempt =
  | { kind: "paid" | "settles-later" | "asks"; intent: PaymentIntent }
  | { kind: "declined"; intent: PaymentIntent; failure: StripeFailure };

interface Trying extends Circumstances {
  intent: PaymentIntent;
  method: PaymentMethod;
  returnUrl: string | null;
}

const PAYMENT_REQUIRED = 402;

/** Tries to charge a payment method, with everything that follows from it. */
export function attempt(state: StripeState, trying: Trying): Attempt {
  const { intent, method } = trying;
  const file = usable(state, intent, method);
  const verdict = decide(file, trying);
  switch (verdict.kind) {
    case "succeeds":
      return succeed(state, trying, file);
    case "settles-later":
      return begin(state, trying);
    case "asks":
      return { kind: "asks", intent: ask(state, trying) };
    case "declined":
      return decline(state, trying, declineOf(verdict.decline));
  }
}

function usable(state: StripeState, intent: PaymentIntent, method: PaymentMethod): CardOnFile {
  const file = state.cards.get(method.id);
  if (!file || file.isSpent) throw spent();
  if (method.customer !== null && method.customer !== intent.customer)
    throw refusal(
      intent.customer === null
        ? "The payment method you provided belongs to a customer. Please include the customer in the `customer` parameter on the PaymentIntent."
        : "The provided PaymentMethod cannot be attached: it belongs to a different Customer.",
      { param: "payment_method" },
    );
  return file;
}

/** Saves the payment method where that was asked for, otherwise uses it up. */
function keep(state: StripeState, intent: PaymentIntent, method: PaymentMethod, file: CardOnFile): void {
  const saves = intent.setup_future_usage !== null && intent.customer !== null;
  const isSetUp = file.isSetUp || (saves && intent.setup_future_usage === "off_session");
  state.cards.set(method.id, { ...file, isSetUp, isSpent: !saves && method.customer === null });
  if (!saves || method.customer !== null) return;
  const saved = state.paymentMethods.put({
    ...method,
    customer: intent.customer,
    allow_redisplay: "limited",
  });
  emit(state, "payment_method.attached", saved);
}

const SETTLED = { next_action: null, last_payment_error: null, processing: null } as const;

function succeed(state: StripeState, { intent, method, authenticated }: Trying, file: CardOnFile): Attempt {
  const charge = addCharge(state, { intent, method, authenticated, result: { kind: "succeeded" } });
  keep(state, intent, method, file);
  const paid = finish(state, intent, charge);
  if (file.card?.disputes) openDispute(state, charge, { kind: file.card.disputes });
  return { kind: "paid", intent: paid };
}

function finish(state: StripeState, intent: PaymentIntent, charge: Charge): PaymentIntent {
  const paid = change(state, state.paymentIntents, intent, {
    ...SETTLED,
    status: "succeeded",
    amount_received: intent.amount,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
  });
  emit(state, "payment_intent.succeeded", paid);
  tellSession(state, paid);
  tellInvoice(state, paid);
  return paid;
}

function begin(state: StripeState, { intent, method, authenticated }: Trying): Attempt {
  const charge = addCharge(state, { intent, method, authenticated, result: { kind: "pending" } });
  const processing = change(state, state.paymentIntents, intent, {
    ...SETTLED,
    status: "processing",
    latest_charge: charge.id,
    payment_method: method.id,
  });
  emit(state, "payment_intent.processing", processing);
  tellSession(state, processing);
  return { kind: "settles-later", intent: processing };
}

function ask(state: StripeState, { intent, method, returnUrl }: Trying): PaymentIntent {
  const url = `${state.sandbox.url()}/checkout/authenticate/${intent.id}`;
  const asking = change(state, state.paymentIntents, intent, {
    status: "requires_action",
    payment_method: method.id,
    last_payment_error: null,
    next_action: { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url } },
  });
  emit(state, "payment_intent.requires_action", asking);
  tellInvoice(state, asking);
  return asking;
}

function decline(state: StripeState, { intent, method, authenticated }: Trying, why: Decline): Attempt {
  const charge = addCharge(state, {
    intent,
    method,
    authenticated,
    result: { kind: "failed", decline: why },
  });
  const failed = fail(state, { ...intent, latest_charge: charge.id }, errorOf(why, charge.id), method);
  const body = { ...errorOf(why, charge.id), payment_intent: failed, payment_method: method };
  return { kind: "declined", intent: failed, failure: new StripeFailure(PAYMENT_REQUIRED, body) };
}

const errorOf = (why: Decline, charge: string): ErrorBody => ({
  type: "card_error",
  code: why.code,
  decline_code: why.declineCode,
  message: why.message,
  charge,
  ...(why.advice === null ? {} : { advice_code: why.advice }),
});

function fail(
  state: StripeState,
  intent: PaymentIntent,
  { payment_intent: _none, payment_method: _other, ...error }: ErrorBody,
  method: PaymentMethod,
): PaymentIntent {
  const failed = change(state, state.paymentIntents, intent, {
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    processing: null,
    last_payment_error: { ...error, payment_method: method },
  });
  emit(state, "payment_intent.payment_failed", failed);
  tellSession(state, failed);
  tellInvoice(state, failed);
  return failed;
}

const methodOf = ({ paymentMethods }: StripeState, { id, payment_method }: PaymentIntent): PaymentMethod => {
  const method = paymentMethods.get(payment_method ?? "");
  if (!method) throw refusal(`${id} has no payment method.`);
  return method;
};

/** The customer came back from the bank's authentication page. */
export function authenticate(state: StripeState, intent: PaymentIntent, passed: boolean): Attempt {
  if (intent.status !== "requires_action")
    throw refusal(`${intent.id} does not wait for authentication: it is ${intent.status}.`);
  const method = methodOf(state, intent);
  const returnUrl = intent.next_action?.redirect_to_url?.return_url ?? null;
  if (passed) return attempt(state, { intent, method, offSession: false, authenticated: true, returnUrl });
  const error: ErrorBody = {
    type: "invalid_request_error",
    code: "payment_intent_authentication_failure",
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  };
  const failed = fail(state, intent, error, method);
  return { kind: "declined", intent: failed, failure: new StripeFailure(PAYMENT_REQUIRED, error) };
}

/** A payment that was accepted, such as a bank debit, comes through, or does not. */
export function settle(state: StripeState, intent: PaymentIntent, comesThrough: boolean): PaymentIntent {
  if (intent.status !== "processing" || intent.latest_charge === null)
    throw refusal(`${intent.id} does not wait for its bank: it is ${intent.status}.`);
  const pending = chargeOf(state, intent.latest_charge);
  if (comesThrough) {
    const patch = {
      status: "succeeded",
      paid: true,
      captured: true,
      amount_captured: pending.amount,
    } as const;
    const charge = change(state, state.charges, pending, {
      ...patch,
      balance_transaction: state.newId("txn"),
    });
    emit(state, "charge.succeeded", charge);
    return finish(state, intent, charge);
  }
  const why = declineOf("insufficient_funds");
  const charge = change(state, state.charges, pending, {
    status: "failed",
    failure_code: why.code,
    failure_message: why.message,
    outcome: outcomeOf({ kind: "failed", decline: why }),
  });
  emit(state, "charge.failed", charge);
  return fail(state, intent, errorOf(why, charge.id), methodOf(state, intent));
}
