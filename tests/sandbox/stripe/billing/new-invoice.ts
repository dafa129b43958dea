import { emit } from "../events";
import type { List } from "../lists";
import type { Customer } from "../objects";
import type { StripeState } from "../state";
import { lineOf } from "./lines";
import type { BillingReason, Charged, Invoice, Line, Subscription } from "./objects";

/** What an invoice is to be: it begins as a draft. */
export interface NewInvoice {
  subscription: Subscription;
  reason: BillingReason;
  charges: readonly Charged[];
  /** The time that is looked back on, not that of the lines. */
  period: { start: number; end: number };
  /** When Stripe finalises it and tries to be paid; null where it is left alone. */
  finalizesAt: number | null;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function totalTaxes(lines: readonly Line[]): NonNullable<Invoice["total_taxes"]> {
  const byRate = new Map<string, NonNullable<Invoice["total_taxes"]>[number]>();
  for (const tax of lines.flatMap(({ taxes }) => taxes ?? [])) {
    const key = tax.tax_rate_details?.tax_rate ?? "";
    const before = byRate.get(key);
    byRate.set(key, {
      ...tax,
      amount: (before?.amount ?? 0) + tax.amount,
      taxable_amount: (before?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
    });
  }
  return [...byRate.values()];
}

/** What an invoice comes to, in pence; a credit balance of the customer is negative. */
function amountsOf(lines: readonly Line[], balance: number) {
  const taxes = totalTaxes(lines);
  const taxOn = (behaviour: string) =>
    sum(taxes.filter(({ tax_behavior }) => tax_behavior === behaviour).map(({ amount }) => amount));
  const subtotal = sum(lines.map(({ amount }) => amount));
  const total = subtotal + taxOn("exclusive");
  const due = Math.max(0, total + balance);
  return {
    subtotal,
    subtotal_excluding_tax: subtotal - taxOn("inclusive"),
    total,
    total_excluding_tax: subtotal - taxOn("inclusive"),
    total_taxes: taxes,
    amount_due: due,
    amount_remaining: due,
    starting_balance: balance,
  };
}

const linesOf = (lines: Line[], id: string): List<Line> => ({
  object: "list",
  url: `/v1/invoices/${id}/lines`,
  has_more: false,
  data: lines,
});

const parentOf = ({ id, metadata }: Subscription): Invoice["parent"] => ({
  quote_details: null,
  subscription_details: { metadata: { ...metadata }, subscription: id },
  type: "subscription_details",
});

/** An invoice with its sums, which nobody is told of yet. */
export function invoiceObject(
  state: StripeState,
  id: string,
  asked: NewInvoice,
  customer: Customer,
): Invoice {
  const { subscription, reason, charges, period, finalizesAt } = asked;
  const lines = charges.map((charged) => lineOf(state, id, charged));
  return {
    id,
    object: "invoice",
    account_country: "GB",
    account_name: "Torqueflow",
    account_tax_ids: null,
    ...amountsOf(lines, customer.balance),
    amount_overpaid: 0,
    amount_paid: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: finalizesAt !== null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: finalizesAt,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created: state.now(),
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: subscription.default_tax_rates,
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: linesOf(lines, id),
    livemode: false,
    metadata: {},
    next_payment_attempt: finalizesAt,
    number: null,
    on_behalf_of: null,
    parent: parentOf(subscription),
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: ["card"] },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: null,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    webhooks_delivered_at: null,
  };
}

export function createInvoice(
  state: StripeState,
  asked: NewInvoice,
  customer: Customer,
  id = state.newId("in"),
): Invoice {
  const invoice = state.invoices.put(invoiceObject(state, id, asked, customer));
  emit(state, "invoice.created", invoice);
  return invoice;
}

export const subscriptionOfInvoice = ({ parent }: Invoice): string | null => {
  const subscription = parent?.subscription_details?.subscription;
  return typeof subscription === "string" ? subscription : null;
};
