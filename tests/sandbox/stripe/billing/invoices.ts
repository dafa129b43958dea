import type Stripe from "stripe";
import { z } from "zod";
import type { Endpoint } from "../endpoint";
import { noSuch } from "../errors";
import { listParams, pageOf } from "../lists";
import { flag, ignored, int, type ParamsOf, words } from "../params";
import { tokenOrMethod } from "../payment-methods";
import type { StripeState } from "../state";
import { markUncollectible, voidInvoice } from "./close-invoice";
import { finalize } from "./invoice-progress";
import { subscriptionOfInvoice } from "./new-invoice";
import type { Invoice } from "./objects";
import { payInvoice } from "./pay-invoice";
import { previewInvoice, previewParams } from "./preview";

const invoiceListParams = z.strictObject({
  ...listParams,
  customer: words.optional(),
  subscription: words.optional(),
  status: z.enum(["draft", "open", "paid", "uncollectible", "void"]).optional(),
  collection_method: z.enum(["charge_automatically", "send_invoice"]).optional(),
} satisfies ParamsOf<Stripe.InvoiceListParams>);
const payParams = z.strictObject({
  off_session: flag.optional(),
  paid_out_of_band: flag.optional(),
  payment_method: words.optional(),
  forgive: ignored,
} satisfies ParamsOf<Stripe.InvoicePayParams>);
const finalizeParams = z.strictObject({ auto_advance: flag.optional() });
const itemListParams = z.strictObject({
  ...listParams,
  customer: words.optional(),
  invoice: words.optional(),
  pending: flag.optional(),
} satisfies ParamsOf<Stripe.InvoiceItemListParams>);
const paymentListParams = z.strictObject({
  ...listParams,
  invoice: words.optional(),
  status: z.enum(["open", "paid", "canceled"]).optional(),
  payment: z.strictObject({ type: z.enum(["payment_intent"]), payment_intent: words.optional() }).optional(),
} satisfies ParamsOf<Stripe.InvoicePaymentListParams>);
const linesParams = z.strictObject({
  limit: int.optional(),
  starting_after: words.optional(),
  ending_before: words.optional(),
});

export function invoiceOf({ invoices }: StripeState, id: string, param?: string): Invoice {
  const invoice = invoices.get(id);
  if (!invoice) throw noSuch("invoice", id, param);
  return invoice;
}

function pay(state: StripeState, invoice: Invoice, asked: z.output<typeof payParams>): Invoice {
  const method = asked.payment_method === undefined ? undefined : tokenOrMethod(state, asked.payment_method);
  return payInvoice(state, invoice, {
    automatic: false,
    offSession: asked.off_session ?? true,
    method,
    outOfBand: asked.paid_out_of_band ?? false,
  });
}

export const invoiceEndpoints: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/invoices",
    name: "invoices.list",
    run: ({ invoices }, call) => {
      const {
        customer,
        subscription,
        status,
        collection_method: _all,
        ...asked
      } = call.read(invoiceListParams);
      const found = invoices
        .list()
        .filter((one) => customer === undefined || one.customer === customer)
        .filter((one) => subscription === undefined || subscriptionOfInvoice(one) === subscription)
        .filter((one) => status === undefined || one.status === status);
      return pageOf(found, asked, call.path);
    },
  },
  {
    method: "GET",
    path: "/invoices/:id",
    name: "invoices.retrieve",
    run: (state, { id }) => invoiceOf(state, id),
  },
  {
    method: "GET",
    path: "/invoices/:id/lines",
    name: "invoices.listLineItems",
    run: (state, call) => {
      const lines = state.previews.get(call.id) ?? invoiceOf(state, call.id).lines.data;
      return pageOf(lines, call.read(linesParams), call.path);
    },
  },
  {
    method: "POST",
    path: "/invoices/create_preview",
    name: "invoices.createPreview",
    run: (state, call) => previewInvoice(state, call.read(previewParams)),
  },
  {
    method: "GET",
    path: "/invoiceitems",
    name: "invoiceItems.list",
    run: ({ invoiceItems }, call) => {
      const { customer, invoice, pending, ...asked } = call.read(itemListParams);
      const found = invoiceItems
        .list()
        .filter((one) => customer === undefined || one.customer === customer)
        .filter((one) => invoice === undefined || one.invoice === invoice)
        .filter((one) => pending === undefined || pending === (one.invoice === null));
      return pageOf(found, asked, call.path);
    },
  },
  {
    method: "POST",
    path: "/invoices/:id/finalize",
    name: "invoices.finalizeInvoice",
    run: (state, call) => {
      const draft = invoiceOf(state, call.id);
      const { auto_advance: advances = draft.auto_advance } = call.read(finalizeParams);
      return finalize(state, { ...draft, auto_advance: advances });
    },
  },
  {
    method: "POST",
    path: "/invoices/:id/pay",
    name: "invoices.pay",
    run: (state, call) => pay(state, invoiceOf(state, call.id), call.read(payParams)),
  },
  {
    method: "POST",
    path: "/invoices/:id/void",
    name: "invoices.voidInvoice",
    run: (state, { id }) => voidInvoice(state, invoiceOf(state, id)),
  },
  {
    method: "POST",
    path: "/invoices/:id/mark_uncollectible",
    name: "invoices.markUncollectible",
    run: (state, { id }) => markUncollectible(state, invoiceOf(state, id)),
  },
  {
    method: "GET",
    path: "/invoice_payments",
    name: "invoicePayments.list",
    run: ({ invoicePayments }, call) => {
      const { invoice, status, payment, ...asked } = call.read(paymentListParams);
      const intent = payment?.payment_intent;
      const found = invoicePayments
        .list()
        .filter((one) => invoice === undefined || one.invoice === invoice)
        .filter((one) => status === undefined || one.status === status)
        .filter((one) => intent === undefined || one.payment.payment_intent === intent);
      return pageOf(found, asked, call.path);
    },
  },
  {
    method: "GET",
    path: "/invoice_payments/:id",
    name: "invoicePayments.retrieve",
    run: ({ invoicePayments }, { id }) => {
      const payment = invoicePayments.get(id);
      if (!payment) throw noSuch("invoice_payment", id);
      return payment;
    },
  },
];
