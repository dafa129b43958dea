import { refusal } from "../errors";
import { change, emit } from "../events";
import { createIntent } from "../new-intent";
import type { Customer, PaymentIntent } from "../objects";
import type { StripeState } from "../state";
import { tellSubscription } from "./follow";
import type { Invoice, InvoicePayment } from "./objects";

const NUMBER_DIGITS = 4;

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  subscription_create: "Subscription creation",
  subscription_cycle: "Subscription update",
  subscription_update: "Subscription update",
};

function addInvoicePayment(state: StripeState, invoice: Invoice, intent: PaymentIntent): InvoicePayment {
  return state.invoicePayments.put({
    id: state.newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: state.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

export const paymentOfInvoice = ({ invoicePayments }: StripeState, invoice: string) =>
  invoicePayments.list().find((payment) => payment.invoice === invoice && payment.is_default);

const invoiceOfIntent = ({ invoices, invoicePayments }: StripeState, intent: string): Invoice | undefined => {
  const payment = invoicePayments.list().find((one) => one.payment.payment_intent === intent);
  return payment && invoices.get(payment.invoice);
};

/** The payment that is to pay an invoice. */
export const intentForInvoice = (state: StripeState, invoice: Invoice): PaymentIntent =>
  createIntent(state, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    description: DESCRIPTIONS[invoice.billing_reason ?? ""] ?? "Payment for Invoice",
    metadata: {},
    receiptEmail: null,
    setupFutureUsage: "off_session",
    types: ["card"],
  });

function numberOf(state: StripeState, customer: Customer | undefined): string {
  if (!customer) return state.newId("number");
  const { invoice_prefix: prefix, next_invoice_sequence: next = 1 } = customer;
  state.customers.put({ ...customer, next_invoice_sequence: next + 1 });
  return `${prefix}-${String(next).padStart(NUMBER_DIGITS, "0")}`;
}

/** A credit balance pays first; what an invoice gives back is added to it. */
function settleBalance(
  state: StripeState,
  { customer: id, total, starting_balance: before }: Invoice,
): number {
  const after = total + before < 0 ? total + before : 0;
  const customer = state.customers.get(id);
  if (customer && customer.balance !== after)
    change(state, state.customers, customer, { balance: after }, "customer.updated");
  return after;
}

/** A draft becomes an invoice with a number, which nobody changes any more. An existing payment may be the one for it. */
export function finalize(state: StripeState, draft: Invoice, by: PaymentIntent | null = null): Invoice {
  if (draft.status !== "draft")
    throw refusal("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: "invoice_not_editable",
    });
  const page = `${state.sandbox.url()}/invoices/${draft.id}`;
  const ending = settleBalance(state, draft);
  const open = change(state, state.invoices, draft, {
    status: "open",
    number: numberOf(state, state.customers.get(draft.customer)),
    automatically_finalizes_at: null,
    effective_at: state.now(),
    ending_balance: ending,
    hosted_invoice_url: page,
    invoice_pdf: `${page}/pdf`,
    status_transitions: { ...draft.status_transitions, finalized_at: state.now() },
  });
  if (open.amount_due > 0) addInvoicePayment(state, open, by ?? intentForInvoice(state, open));
  emit(state, "invoice.finalized", open);
  return open.amount_due > 0 ? open : settleInvoice(state, open);
}

/** An invoice is paid: by a payment, by nothing where nothing is due, or outside Stripe. */
export function settleInvoice(state: StripeState, invoice: Invoice, outOfBand = false): Invoice {
  const payment = paymentOfInvoice(state, invoice.id);
  const paid = change(
    state,
    state.invoices,
    invoice,
    {
      status: "paid",
      amount_paid: invoice.amount_due,
      amount_remaining: 0,
      ...(outOfBand ? { amount_paid_off_stripe: invoice.amount_due } : {}),
      attempted: true,
      attempt_count: payment ? Math.max(1, invoice.attempt_count) : invoice.attempt_count,
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, paid_at: state.now() },
    },
    "invoice.updated",
  );
  emit(state, "invoice.paid", paid);
  emit(state, "invoice.payment_succeeded", paid);
  if (payment && !outOfBand) {
    const status_transitions = { canceled_at: null, paid_at: state.now() };
    const done = { status: "paid", amount_paid: invoice.amount_due, status_transitions } as const;
    emit(state, "invoice_payment.paid", change(state, state.invoicePayments, payment, done));
  }
  tellSubscription(state, paid);
  return paid;
}

/** An attempt to be paid failed; `asks`: the bank wants the customer. */
export function failInvoice(state: StripeState, invoice: Invoice, asks: boolean): Invoice {
  const patch = { attempted: true, attempt_count: Math.max(1, invoice.attempt_count) };
  const failed = change(state, state.invoices, invoice, patch, "invoice.updated");
  emit(state, "invoice.payment_failed", failed);
  if (asks) emit(state, "invoice.payment_action_required", failed);
  tellSubscription(state, failed);
  return failed;
}

/** What a payment's progress means for the invoice it pays, if it pays one. */
export function tellInvoice(state: StripeState, intent: PaymentIntent): void {
  const invoice = invoiceOfIntent(state, intent.id);
  if (!invoice || (invoice.status !== "open" && invoice.status !== "uncollectible")) return;
  const asks =
    intent.status === "requires_action" ||
    intent.last_payment_error?.decline_code === "authentication_required";
  if (intent.status === "succeeded") settleInvoice(state, invoice);
  else if (asks || intent.status === "requires_payment_method") failInvoice(state, invoice, asks);
}
