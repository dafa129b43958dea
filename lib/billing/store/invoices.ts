import { pool, type Queryable } from "@/lib/db/pool";
import type { InvoiceFacts } from "../core/invoice-facts";

/** An invoice as Stripe last said. */
export type MirroredInvoice = Omit<InvoiceFacts, "changes">;

type Row = Omit<MirroredInvoice, "covers"> & {
  readonly coversFrom: Date | null;
  readonly coversTo: Date | null;
};

const COLUMNS = `invoice_id AS "invoiceId", subscription_id AS "subscriptionId", number, status,
  billing_reason AS "billingReason", currency, total_pence AS "totalPence", tax_pence AS "taxPence",
  remaining_pence AS "remainingPence", has_page AS "hasPage", has_pdf AS "hasPdf", covers_from AS "coversFrom",
  covers_to AS "coversTo", created_at AS "createdAt", finalised_at AS "finalisedAt", next_attempt_at AS "nextAttemptAt"`;

const toMirrored = ({ coversFrom: from, coversTo: to, ...invoice }: Row): MirroredInvoice => ({
  ...invoice,
  covers: from && to && { from, to },
});

/**
 * Stores what was read of an invoice, in the transaction that holds its subscription. What is known of disputes stays
 * where the reading does not tell it.
 */
export async function saveInvoice(
  tx: Queryable,
  orgId: string,
  invoice: InvoiceFacts,
  { at, disputeOpen }: { readonly at: Date; readonly disputeOpen: boolean | undefined },
): Promise<void> {
  await tx.query(
    `INSERT INTO stripe_invoice AS known (org_id, invoice_id, subscription_id, number, status, billing_reason, currency,
       total_pence, tax_pence, remaining_pence, has_page, has_pdf, covers_from, covers_to, created_at, finalised_at,
       next_attempt_at, read_at, dispute_open)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, coalesce($19, false))
     ON CONFLICT (org_id, invoice_id) DO UPDATE
     SET number = excluded.number, status = excluded.status, billing_reason = excluded.billing_reason,
         currency = excluded.currency, total_pence = excluded.total_pence, tax_pence = excluded.tax_pence,
         remaining_pence = excluded.remaining_pence, has_page = excluded.has_page, has_pdf = excluded.has_pdf,
         covers_from = excluded.covers_from, covers_to = excluded.covers_to, finalised_at = excluded.finalised_at,
         next_attempt_at = excluded.next_attempt_at, read_at = excluded.read_at,
         dispute_open = coalesce($19, known.dispute_open)`,
    [
      orgId,
      invoice.invoiceId,
      invoice.subscriptionId,
      invoice.number,
      invoice.status,
      invoice.billingReason,
      invoice.currency,
      invoice.totalPence,
      invoice.taxPence,
      invoice.remainingPence,
      invoice.hasPage,
      invoice.hasPdf,
      invoice.covers?.from ?? null,
      invoice.covers?.to ?? null,
      invoice.createdAt,
      invoice.finalisedAt,
      invoice.nextAttemptAt,
      at,
      disputeOpen ?? null,
    ],
  );
}

/** An organisation's invoices, latest first. */
export async function invoicesOf(orgId: string, limit: number): Promise<MirroredInvoice[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${COLUMNS} FROM stripe_invoice WHERE org_id = $1 ORDER BY created_at DESC, invoice_id LIMIT $2`,
    [orgId, limit],
  );
  return rows.map(toMirrored);
}

/** The invoices of a subscription that wait to be paid, oldest first. */
export async function openInvoicesOf(
  orgId: string,
  subscriptionId: string,
  db: Queryable = pool(),
): Promise<MirroredInvoice[]> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM stripe_invoice
     WHERE org_id = $1 AND subscription_id = $2 AND status = 'open' AND remaining_pence > 0
     ORDER BY created_at, invoice_id`,
    [orgId, subscriptionId],
  );
  return rows.map(toMirrored);
}

/** The latest invoices of a subscription that bill a period of it: those of changes alone can be any number beside them. */
export async function periodInvoicesOf(
  tx: Queryable,
  orgId: string,
  subscriptionId: string,
  limit: number,
): Promise<MirroredInvoice[]> {
  const { rows } = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM stripe_invoice
     WHERE org_id = $1 AND subscription_id = $2 AND covers_from IS NOT NULL
     ORDER BY created_at DESC, invoice_id LIMIT $3`,
    [orgId, subscriptionId, limit],
  );
  return rows.map(toMirrored);
}

/** Whether an invoice is this organisation's. */
export async function hasInvoice(orgId: string, invoiceId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    "SELECT FROM stripe_invoice WHERE org_id = $1 AND invoice_id = $2",
    [orgId, invoiceId],
  );
  return rowCount === 1;
}

/** Whether a dispute of an invoice's payment is known to wait for its end. */
export async function isDisputed(tx: Queryable, orgId: string, invoiceId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "SELECT FROM stripe_invoice WHERE org_id = $1 AND invoice_id = $2 AND dispute_open",
    [orgId, invoiceId],
  );
  return rowCount === 1;
}

/** Invoices of subscriptions whose payment is disputed, latest first. */
export async function disputedInvoices(
  limit: number,
): Promise<{ readonly orgId: string; readonly invoiceId: string; readonly readAt: Date }[]> {
  const { rows } = await pool().query<{ orgId: string; invoiceId: string; readAt: Date }>(
    `SELECT org_id AS "orgId", invoice_id AS "invoiceId", read_at AS "readAt" FROM stripe_invoice
     WHERE dispute_open ORDER BY read_at DESC LIMIT $1`,
    [limit],
  );
  return rows;
}
