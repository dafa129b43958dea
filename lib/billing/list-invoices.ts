import { type Ctx, requireMember } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { invoicePage, invoicePdf } from "./invoice-paths";
import { hasInvoice, invoicesOf, type MirroredInvoice } from "./store/invoices";
import { asOutage } from "./stripe/errors";
import { readInvoiceAddresses } from "./stripe/read-invoices";

const STATUS_TEXT = {
  draft: "Draft",
  open: "Due",
  paid: "Paid",
  void: "Void",
  uncollectible: "Not paid",
} as const;

/** Money that stays with Stripe for the next invoices, as after a change to fewer bays. */
const CREDIT = "Credit";

export type InvoiceStatus = keyof typeof STATUS_TEXT;

export type InvoiceDto = {
  readonly id: string;
  readonly number: string | null;
  /** ISO 8601. */
  readonly date: string;
  /** VAT included. */
  readonly amountPence: number;
  readonly status: InvoiceStatus;
  readonly statusText: string;
  /** Our own addresses, which redirect to Stripe's; null where Stripe has none. */
  readonly pageUrl: string | null;
  readonly pdfUrl: string | null;
};

/** As many as a year has. */
const LISTED = 12;

/** The latest invoices of the subscription. Needs `billing.view`. */
export async function listInvoices(
  ctx: Ctx,
  orgId: string,
): Promise<{ readonly invoices: readonly InvoiceDto[] }> {
  requireMember(ctx.actor, orgId, "billing.view");
  return { invoices: (await invoicesOf(orgId, LISTED)).map(toDto) };
}

const isStatus = (status: string): status is InvoiceStatus => status in STATUS_TEXT;

function toDto(invoice: MirroredInvoice): InvoiceDto {
  const status = isStatus(invoice.status) ? invoice.status : "draft";
  return {
    id: invoice.invoiceId,
    number: invoice.number,
    date: (invoice.finalisedAt ?? invoice.createdAt).toISOString(),
    amountPence: invoice.totalPence,
    status,
    statusText: status === "paid" && invoice.totalPence < 0 ? CREDIT : STATUS_TEXT[status],
    pageUrl: invoice.hasPage ? invoicePage(invoice.invoiceId) : null,
    pdfUrl: invoice.hasPdf ? invoicePdf(invoice.invoiceId) : null,
  };
}

/** Where Stripe shows an invoice just now: its addresses expire. Needs `billing.view`; another organisation's is not found. */
export async function findInvoiceAddress(
  ctx: Ctx,
  orgId: string,
  { invoiceId, what }: { readonly invoiceId: string; readonly what: "page" | "pdf" },
): Promise<string> {
  requireMember(ctx.actor, orgId, "billing.view");
  const addresses = (await hasInvoice(orgId, invoiceId))
    ? await readInvoiceAddresses(invoiceId).catch(asOutage)
    : undefined;
  const address = addresses?.[what];
  if (!address) throw new AppError("not_found", "This invoice cannot be shown.");
  return address;
}
