import type { Invoice, InvoiceStatus } from "../billing/objects";

const MS = 1_000;
const DATE: Intl.DateTimeFormatOptions = { dateStyle: "long", timeZone: "Europe/London" };

/** "10 November 2026", of seconds since 1970. */
export const dayOf = (seconds: number): string => new Date(seconds * MS).toLocaleDateString("en-GB", DATE);

const STATUS_WORDS: Readonly<Record<InvoiceStatus, string>> = {
  draft: "Draft",
  open: "Open",
  paid: "Paid",
  uncollectible: "Uncollectible",
  void: "Void",
};

export const statusOf = ({ status }: Invoice): string => STATUS_WORDS[status as InvoiceStatus];

export const addressee = ({ customer_name: name, customer_email: email }: Invoice): string =>
  [name, email].filter((part) => part).join(", ");

const percentOf = ({ lines }: Invoice): string => {
  const [line] = lines.data;
  const [tax] = line?.taxes ?? [];
  return tax?.taxable_amount ? `${Math.round((tax.amount / tax.taxable_amount) * 100)}%` : "";
};

/** What an invoice comes to, row by row. */
export function rowsOf(invoice: Invoice): { label: string; pence: number; strong: boolean }[] {
  const tax = (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const credit = invoice.amount_due - invoice.total;
  return [
    { label: "Subtotal", pence: invoice.subtotal, strong: false },
    { label: `VAT ${percentOf(invoice)}`.trim(), pence: tax, strong: false },
    { label: "Total", pence: invoice.total, strong: true },
    ...(credit === 0 ? [] : [{ label: "Credit balance", pence: credit, strong: false }]),
    ...(invoice.amount_paid > 0 ? [{ label: "Paid", pence: -invoice.amount_paid, strong: false }] : []),
    ...(invoice.status === "void"
      ? []
      : [{ label: "Amount due", pence: invoice.amount_remaining, strong: true }]),
  ];
}
