import type Stripe from "stripe";
import type { BayChange } from "../core/bay-history";
import type { InvoiceFacts } from "../core/invoice-facts";
import { stripe } from "./client";
import { isMissing } from "./errors";

/** As many as the page lists. */
const LATEST = 12;
/** As many as Stripe lists at once. */
const PAGE = 100;
/** More than an invoice can have. */
const MOST = 10_000;

const date = (seconds: number): Date => new Date(seconds * 1_000);
const dateOrNull = (seconds: number | null): Date | null => (seconds === null ? null : date(seconds));

/** The latest invoices of a subscription, back to one for a period: each change of bays can have made one since. */
export async function listInvoices(subscription: string): Promise<InvoiceFacts[]> {
  const found: InvoiceFacts[] = [];
  for await (const invoice of stripe().invoices.list({ subscription, limit: LATEST })) {
    const facts = await toFacts(invoice);
    if (facts) found.push(facts);
    if (found.length >= LATEST && found.some(({ covers }) => covers)) break;
  }
  return found;
}

/** Undefined if Stripe knows none, or it is no subscription's. */
export async function readInvoice(invoiceId: string): Promise<InvoiceFacts | undefined> {
  const invoice = await retrieve(invoiceId);
  return invoice && toFacts(invoice);
}

/** Where Stripe shows an invoice just now, and its PDF: addresses that expire. Null where there is none. */
export async function readInvoiceAddresses(
  invoiceId: string,
): Promise<{ readonly page: string | null; readonly pdf: string | null }> {
  const invoice = await retrieve(invoiceId);
  return { page: invoice?.hosted_invoice_url ?? null, pdf: invoice?.invoice_pdf ?? null };
}

/** The subscription and invoice that a payment was made for; undefined where it was made for none. */
export async function findInvoiceOfPayment(
  paymentIntentId: string,
): Promise<{ readonly invoiceId: string; readonly subscriptionId: string } | undefined> {
  const payment = { type: "payment_intent", payment_intent: paymentIntentId } as const;
  const { data } = await stripe().invoicePayments.list({ payment, limit: 1 });
  const invoice = data[0]?.invoice;
  const invoiceId = typeof invoice === "string" ? invoice : invoice?.id;
  const facts = invoiceId === undefined ? undefined : await readInvoice(invoiceId);
  return facts && { invoiceId: facts.invoiceId, subscriptionId: facts.subscriptionId };
}

async function retrieve(invoiceId: string): Promise<Stripe.Invoice | undefined> {
  try {
    return await stripe().invoices.retrieve(invoiceId);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** All lines of an invoice, which itself carries the first ten. Source: https://docs.stripe.com/api/invoice-line-item */
export const linesOf = async ({ id, lines }: Stripe.Invoice): Promise<readonly Stripe.InvoiceLineItem[]> =>
  lines.has_more
    ? stripe().invoices.listLineItems(id, { limit: PAGE }).autoPagingToArray({ limit: MOST })
    : lines.data;

async function toFacts(invoice: Stripe.Invoice): Promise<InvoiceFacts | undefined> {
  const subscription = invoice.parent?.subscription_details?.subscription;
  if (!invoice.id || !subscription) return undefined;
  const lines = await linesOf(invoice);
  const prorations = lines.filter(({ parent }) => isProration(parent));
  const plain = lines.filter(({ parent }) => parent?.subscription_item_details && !isProration(parent));
  return {
    invoiceId: invoice.id,
    subscriptionId: typeof subscription === "string" ? subscription : subscription.id,
    number: invoice.number,
    status: invoice.status ?? "draft",
    billingReason: invoice.billing_reason,
    currency: invoice.currency,
    totalPence: invoice.total,
    taxPence: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
    remainingPence: invoice.amount_remaining,
    hasPage: Boolean(invoice.hosted_invoice_url),
    hasPdf: Boolean(invoice.invoice_pdf),
    covers:
      plain.length === 0
        ? null
        : {
            from: date(Math.min(...plain.map(({ period }) => period.start))),
            to: date(Math.max(...plain.map(({ period }) => period.end))),
          },
    changes: bayChangesIn(prorations),
    createdAt: date(invoice.created),
    finalisedAt: dateOrNull(invoice.status_transitions.finalized_at),
    nextAttemptAt: dateOrNull(invoice.next_payment_attempt),
  };
}

const isProration = (parent: Stripe.InvoiceLineItem.Parent | null): boolean =>
  parent?.subscription_item_details?.proration === true || parent?.invoice_item_details?.proration === true;

/** The changes of bays that wait for a subscription's next invoice; none where Stripe has deleted the customer. */
export async function listPendingChanges(customer: string, subscriptionId: string): Promise<BayChange[]> {
  try {
    const items = stripe().invoiceItems.list({ customer, pending: true, limit: PAGE });
    const own = (await items.autoPagingToArray({ limit: MOST })).filter(
      ({ parent }) => parent?.subscription_details?.subscription === subscriptionId,
    );
    return bayChangesIn(own.filter(({ proration }) => proration));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

type Prorated = Pick<Stripe.InvoiceItem, "amount" | "period"> & { readonly quantity: number | null };

/** A change of bays is a credit for those that there were, and a charge for those that there are, from then on. */
const bayChangesIn = (prorations: readonly Prorated[]): BayChange[] =>
  prorations.flatMap(({ amount, quantity, period }) =>
    amount !== 0 && quantity !== null
      ? [{ is: amount < 0 ? "until" : "from", bays: quantity, at: date(period.start) }]
      : [],
  );
