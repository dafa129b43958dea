import { bytes, type Reply, type SandboxRequest } from "../../core/http";
import type { Route } from "../../core/router";
import { paymentOfInvoice } from "../billing/invoice-progress";
import { subscriptionOfInvoice } from "../billing/new-invoice";
import type { Invoice } from "../billing/objects";
import { collect } from "../billing/pay-invoice";
import { runDue } from "../billing/run-due";
import { addCard } from "../method-objects";
import type { PaymentMethod } from "../objects";
import type { StripeState } from "../state";
import { cardIn, NOTHING_TYPED, type Typed, typedIn } from "./card-form";
import { defaultCard } from "./default-card";
import { invoicePage, isPayable } from "./invoice-page";
import { invoicePdf } from "./invoice-pdf";
import { nothingHere, seeOther } from "./shell";

const UNCONFIRMED = "The payment was not confirmed. Please try again, or use another card.";

function found(state: StripeState, { params }: SandboxRequest): Invoice | undefined {
  runDue(state);
  const invoice = state.invoices.get(params.id ?? "");
  // A draft has no page yet.
  return invoice?.status === "draft" ? undefined : invoice;
}

const savedFor = (state: StripeState, invoice: Invoice): PaymentMethod | undefined =>
  defaultCard(
    state,
    invoice.customer,
    state.subscriptions.get(subscriptionOfInvoice(invoice) ?? "")?.default_payment_method,
  );

function show(state: StripeState, request: SandboxRequest): Reply {
  const invoice = found(state, request);
  if (!invoice) return nothingHere();
  const failed = request.url.searchParams.get("redirect_status") === "failed";
  return invoicePage(invoice, savedFor(state, invoice), { problem: failed ? UNCONFIRMED : null });
}

/** The saved card, or the one that was typed. */
function methodIn(state: StripeState, form: URLSearchParams, typed: Typed): PaymentMethod | string {
  const saved = state.paymentMethods.get(form.get("method") ?? "");
  if (saved) return saved;
  const card = cardIn(state, typed);
  return card.kind === "problem" ? card.text : addCard(state, card.data);
}

function pay(state: StripeState, request: SandboxRequest): Reply {
  const invoice = found(state, request);
  if (!invoice) return nothingHere();
  const saved = savedFor(state, invoice);
  if (!isPayable(invoice)) return invoicePage(invoice, saved);
  const form = new URLSearchParams(request.raw.toString());
  const typed = form.has("number") ? typedIn(form) : NOTHING_TYPED;
  const method = methodIn(state, form, typed);
  if (typeof method === "string") return invoicePage(invoice, saved, { typed, problem: method });
  const failure = collect(state, invoice, { automatic: false, offSession: false, method });
  if (!failure) return seeOther(`/invoices/${invoice.id}`);
  const intent = state.paymentIntents.get(paymentOfInvoice(state, invoice.id)?.payment.payment_intent ?? "");
  const bank = intent?.next_action?.redirect_to_url?.url;
  if (bank) return seeOther(bank);
  return invoicePage(state.invoices.get(invoice.id) ?? invoice, saved, {
    typed: { ...typed, cvc: "" },
    problem: failure.message,
  });
}

/** What `hosted_invoice_url` and `invoice_pdf` lead to. */
export function invoiceRoutes(state: StripeState): Route[] {
  const page = (method: "GET" | "POST", path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/invoices${path}`,
    type: "page",
    handle,
  });
  return [
    page("GET", "/:id", (request) => show(state, request)),
    page("POST", "/:id", (request) => pay(state, request)),
    page("GET", "/:id/pdf", (request) => {
      const invoice = found(state, request);
      return invoice ? bytes(invoicePdf(invoice), "application/pdf") : nothingHere();
    }),
  ];
}
