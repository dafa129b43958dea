import { pool, type Queryable } from "@/lib/db/pool";
import type { Known, Meaning, SubscriptionFacts } from "../core/decide-subscription";

/** A subscription as Stripe last said, with its next invoice. */
export type MirroredSubscription = Known & {
  readonly version: number;
  readonly nextInvoice: { readonly at: Date; readonly amountPence: number } | null;
};

type Row = SubscriptionFacts & {
  readonly version: number;
  readonly meaning: Meaning;
  readonly nextInvoiceAt: Date | null;
  readonly nextInvoicePence: number | null;
};

const COLUMNS = `subscription_id AS "subscriptionId", customer_id AS "customerId", version, status, price_id AS "priceId",
  product_id AS "productId", interval, bays, unit_pence AS "unitPence", tax_percent::float8 AS "taxPercent", currency,
  began_at AS "beganAt", ends_at AS "endsAt", ended_at AS "endedAt", next_invoice_at AS "nextInvoiceAt",
  next_invoice_pence AS "nextInvoicePence", outcome AS meaning`;

function toMirrored({
  version,
  meaning,
  nextInvoiceAt,
  nextInvoicePence,
  ...facts
}: Row): MirroredSubscription {
  const nextInvoice =
    nextInvoiceAt !== null && nextInvoicePence !== null
      ? { at: nextInvoiceAt, amountPence: nextInvoicePence }
      : null;
  return { facts, version, meaning, nextInvoice };
}

/** Every subscription that Stripe told of for an organisation. */
export async function subscriptionsOf(
  orgId: string,
  db: Queryable = pool(),
): Promise<MirroredSubscription[]> {
  const { rows } = await db.query<Row>(`SELECT ${COLUMNS} FROM stripe_subscription WHERE org_id = $1`, [
    orgId,
  ]);
  return rows.map(toMirrored);
}
