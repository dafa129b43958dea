import { refusal } from "../errors";
import { change, emit } from "../events";
import { cancelIntent } from "../payment-intents";
import type { StripeState } from "../state";
import { tellSubscription } from "./follow";
import { paymentOfInvoice } from "./invoice-progress";
import type { Invoice } from "./objects";

const CANCELLABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];

function giveUpPayment(state: StripeState, invoice: Invoice): void {
  const payment = paymentOfInvoice(state, invoice.id);
  if (!payment) return;
  const intent = state.paymentIntents.get(payment.payment.payment_intent);
  if (intent && CANCELLABLE.includes(intent.status)) cancelIntent(state, intent, "void_invoice");
  const status_transitions = { canceled_at: state.now(), paid_at: null };
  change(state, state.invoicePayments, payment, { status: "canceled", status_transitions });
}

const refuse = (invoice: Invoice, verb: string) =>
  refusal(
    `You can only ${verb} open or uncollectible invoices. This invoice is ${invoice.status ?? "unknown"}.`,
    {
      code: "status_transition_invalid",
    },
  );

/** As if it had never been; it can never be paid. */
export function voidInvoice(state: StripeState, invoice: Invoice): Invoice {
  if (invoice.status !== "open" && invoice.status !== "uncollectible") throw refuse(invoice, "void");
  const voided = change(state, state.invoices, invoice, {
    status: "void",
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, voided_at: state.now() },
  });
  giveUpPayment(state, invoice);
  emit(state, "invoice.voided", voided);
  tellSubscription(state, voided);
  return voided;
}

/** Nobody expects it to be paid; it still can be. */
export function markUncollectible(state: StripeState, invoice: Invoice): Invoice {
  if (invoice.status !== "open") throw refuse(invoice, "mark as uncollectible");
  const marked = change(state, state.invoices, invoice, {
    status: "uncollectible",
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: state.now() },
  });
  emit(state, "invoice.marked_uncollectible", marked);
  tellSubscription(state, marked);
  return marked;
}

/** Stripe no longer tries to collect it by itself. */
export function stopCollecting(state: StripeState, subscription: string): void {
  for (const invoice of state.invoices.list()) {
    const details = invoice.parent?.subscription_details;
    if (details?.subscription !== subscription || !invoice.auto_advance) continue;
    const stopped = { auto_advance: false, next_payment_attempt: null, automatically_finalizes_at: null };
    change(state, state.invoices, invoice, stopped, "invoice.updated");
  }
}
