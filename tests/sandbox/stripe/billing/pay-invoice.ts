import { attempt } from "../attempts";
import { refusal, StripeFailure } from "../errors";
import { change } from "../events";
import type { PaymentIntent, PaymentMethod } from "../objects";
import type { StripeState } from "../state";
import { endSubscription } from "./end-subscription";
import { failInvoice, finalize, intentForInvoice, paymentOfInvoice, settleInvoice } from "./invoice-progress";
import { subscriptionOfInvoice } from "./new-invoice";
import type { Invoice } from "./objects";

const DAY = 86_400;

/** How an invoice is to be paid. */
export interface Collecting {
  /** By Stripe itself: counts for the schedule of retries. */
  automatic: boolean;
  offSession: boolean;
  /** Instead of the subscription's or the customer's default. */
  method?: PaymentMethod | undefined;
}

/** The subscription's own card, or else the customer's; one that was detached is none. */
function defaultMethod(state: StripeState, invoice: Invoice): PaymentMethod | undefined {
  const subscription = state.subscriptions.get(subscriptionOfInvoice(invoice) ?? "");
  const customer = state.customers.get(invoice.customer);
  const ids = [
    invoice.default_payment_method,
    subscription?.default_payment_method,
    customer?.invoice_settings.default_payment_method,
  ];
  const id = ids.find((one) => typeof one === "string");
  const method = state.paymentMethods.get(id ?? "");
  return method?.customer === invoice.customer ? method : undefined;
}

/** A first invoice is tried once; the others again after so many days each. */
function begin(state: StripeState, invoice: Invoice, automatic: boolean): Invoice {
  if (!automatic) return invoice;
  const attempts = invoice.attempt_count + 1;
  const days = state.retries.afterDays[attempts - 1];
  const isFirst = invoice.billing_reason === "subscription_create";
  return state.invoices.put({
    ...invoice,
    attempt_count: attempts,
    next_payment_attempt: isFirst || days === undefined ? null : state.now() + days * DAY,
  });
}

function intentOf(state: StripeState, invoice: Invoice): PaymentIntent {
  const payment = paymentOfInvoice(state, invoice.id);
  const intent = state.paymentIntents.get(payment?.payment.payment_intent ?? "");
  if (!payment) throw refusal(`Nothing is due on ${invoice.id}.`);
  if (intent && intent.status !== "canceled") return intent;
  const fresh = intentForInvoice(state, invoice);
  state.invoicePayments.put({ ...payment, payment: { payment_intent: fresh.id, type: "payment_intent" } });
  return fresh;
}

/** What became of the last retry: the subscription ends, is unpaid, or stays as it is. */
function giveUp(state: StripeState, invoice: Invoice): void {
  const subscription = state.subscriptions.get(subscriptionOfInvoice(invoice) ?? "");
  if (subscription?.status !== "past_due") return;
  const status = state.retries.finally;
  if (status === "canceled") endSubscription(state, subscription, { reason: "payment_failed" });
  if (status === "unpaid")
    change(state, state.subscriptions, subscription, { status }, "customer.subscription.updated");
}

/** Tries to be paid for an open invoice; what failed is returned, and everything that follows is done. */
export function collect(state: StripeState, open: Invoice, how: Collecting): StripeFailure | undefined {
  const method = how.method ?? defaultMethod(state, open);
  const invoice = begin(state, open, how.automatic);
  const failure = method ? charge(state, invoice, method, how.offSession) : noMethod(state, invoice);
  const after = state.invoices.get(invoice.id);
  const isLast = how.automatic && after?.status === "open" && after.next_payment_attempt === null;
  if (failure && after && isLast) giveUp(state, after);
  return failure;
}

function charge(state: StripeState, invoice: Invoice, method: PaymentMethod, offSession: boolean) {
  const tried = attempt(state, {
    intent: intentOf(state, invoice),
    method,
    offSession,
    authenticated: false,
    returnUrl: invoice.hosted_invoice_url ?? null,
  });
  if (tried.kind === "declined") return tried.failure;
  if (tried.kind !== "asks") return undefined;
  return new StripeFailure(402, {
    type: "card_error",
    code: "invoice_payment_intent_requires_action",
    message:
      "Payment for this invoice requires additional user action before it can be completed successfully.",
    payment_intent: tried.intent,
  });
}

function noMethod(state: StripeState, invoice: Invoice): StripeFailure {
  failInvoice(state, invoice, false);
  return refusal(
    "There is no `default_payment_method` set on this Customer or Invoice. Please set one prior to retrying this invoice.",
    { code: "resource_missing" },
  );
}

/** Pays a draft or an open invoice because somebody asked for it. */
export function payInvoice(
  state: StripeState,
  invoice: Invoice,
  { outOfBand, ...how }: Collecting & { outOfBand: boolean },
): Invoice {
  const open = invoice.status === "draft" ? finalize(state, invoice) : invoice;
  if (open.status === "paid" && invoice.status === "draft") return open;
  if (open.status === "paid") throw refusal("Invoice is already paid", { code: "invoice_already_paid" });
  if (open.status === "void")
    throw refusal("You cannot pay a voided invoice.", { code: "status_transition_invalid" });
  if (outOfBand) return settleInvoice(state, open, true);
  if (!how.method && !defaultMethod(state, open))
    throw refusal(
      "There is no `default_payment_method` set on this Customer or Invoice. Please set one prior to retrying this invoice.",
      { code: "resource_missing" },
    );
  const failure = collect(state, open, how);
  if (failure) throw failure;
  return state.invoices.get(invoice.id) ?? open;
}
