import { pool, type Queryable } from "@/lib/db/pool";
import type { NextInvoice } from "../core/bays-counted";
import {
  counts,
  type Known,
  MAX_BAYS,
  type Meaning,
  type SubscriptionFacts,
} from "../core/decide-subscription";

/** A subscription as Stripe last said, with its next invoice. */
export type MirroredSubscription = Known & {
  readonly version: number;
  readonly nextInvoice: NextInvoice | null;
  readonly readAt: Date;
};

type Row = SubscriptionFacts & {
  readonly version: number;
  readonly readAt: Date;
  readonly meaning: Meaning;
  readonly hasCounted: boolean;
  readonly nextInvoiceAt: Date | null;
  readonly nextInvoicePence: number | null;
  readonly nextInvoiceBays: number | null;
};

const COLUMNS = `subscription_id AS "subscriptionId", customer_id AS "customerId", version, status, price_id AS "priceId",
  product_id AS "productId", interval, bays, unit_pence AS "unitPence", tax_percent::float8 AS "taxPercent", currency,
  began_at AS "beganAt", ends_at AS "endsAt", ended_at AS "endedAt", next_invoice_at AS "nextInvoiceAt",
  next_invoice_pence AS "nextInvoicePence", outcome AS meaning, next_invoice_bays AS "nextInvoiceBays",
  has_counted AS "hasCounted", read_at AS "readAt"`;

function toMirrored({
  version,
  readAt,
  meaning,
  hasCounted,
  nextInvoiceAt,
  nextInvoicePence,
  nextInvoiceBays,
  ...facts
}: Row): MirroredSubscription {
  const nextInvoice =
    nextInvoiceAt !== null && nextInvoicePence !== null
      ? { at: nextInvoiceAt, amountPence: nextInvoicePence, bays: nextInvoiceBays }
      : null;
  return { facts, version, readAt, meaning, hasCounted, nextInvoice };
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

/** A subscription with the organisation that it was first applied to: look here before reading Stripe. */
export async function findSubscription(
  subscriptionId: string,
): Promise<(MirroredSubscription & { readonly orgId: string }) | undefined> {
  const { rows } = await pool().query<Row & { orgId: string }>(
    `SELECT org_id AS "orgId", ${COLUMNS} FROM stripe_subscription WHERE subscription_id = $1`,
    [subscriptionId],
  );
  return rows.map(({ orgId, ...row }) => ({ orgId, ...toMirrored(row) }))[0];
}

export type SubscriptionReading = {
  readonly orgId: string;
  readonly facts: SubscriptionFacts;
  readonly meaning: Meaning;
  readonly nextInvoice: MirroredSubscription["nextInvoice"];
  /** The version that was known before Stripe was read. 0: none. */
  readonly seen: number;
  readonly at: Date;
};

/**
 * Locks the subscription until the end of the transaction and stores what was read of it. False, with nothing stored, if
 * another reading was applied since: this one may be older.
 */
export async function claimSubscription(tx: Queryable, reading: SubscriptionReading): Promise<boolean> {
  const { orgId, facts, meaning, nextInvoice, seen, at } = reading;
  const { rowCount } = await tx.query(
    seen === 0
      ? `INSERT INTO stripe_subscription (org_id, subscription_id, version, customer_id, status, price_id, product_id,
           interval, bays, unit_pence, tax_percent, currency, began_at, ends_at, ended_at, next_invoice_at,
           next_invoice_pence, outcome, read_at, has_counted,
           next_invoice_bays)
         VALUES ($1, $2, $3 + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         ON CONFLICT DO NOTHING`
      : `UPDATE stripe_subscription
         SET version = $3 + 1, customer_id = $4, status = $5, price_id = $6, product_id = $7, interval = $8, bays = $9,
             unit_pence = $10, tax_percent = $11, currency = $12, began_at = $13, ends_at = $14, ended_at = $15,
             next_invoice_at = $16, next_invoice_pence = $17, outcome = $18, read_at = $19,
             has_counted = has_counted OR $20, next_invoice_bays = $21
         WHERE org_id = $1 AND subscription_id = $2 AND version = $3`,
    [
      orgId,
      facts.subscriptionId,
      seen,
      facts.customerId,
      facts.status,
      facts.priceId,
      facts.productId,
      facts.interval,
      facts.bays,
      facts.unitPence,
      facts.taxPercent,
      facts.currency,
      facts.beganAt,
      facts.endsAt,
      facts.endedAt,
      nextInvoice?.at ?? null,
      nextInvoice?.amountPence ?? null,
      meaning,
      at,
      counts(meaning),
      nextInvoice?.bays ?? null,
    ],
  );
  return rowCount === 1;
}

const CHANGEABLE = `status NOT IN ('canceled', 'incomplete_expired')`;

/** Subscriptions that may still change and were not read since a moment, the longest first, of all organisations. */
export async function unreadSubscriptions(since: Date, limit: number): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT subscription_id AS id FROM stripe_subscription
     WHERE ${CHANGEABLE} AND read_at < $1 ORDER BY read_at LIMIT $2`,
    [since, limit],
  );
  return rows.map(({ id }) => id);
}

/** Every subscription that may still change, of all organisations. */
export async function changeableSubscriptions(tx: Queryable): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT subscription_id AS id FROM stripe_subscription WHERE ${CHANGEABLE}`,
  );
  return rows.map(({ id }) => id);
}

/** Stripe did not know this id: it is read again when its turn comes. */
export async function passOver(subscriptionId: string, at: Date): Promise<void> {
  await pool().query("UPDATE stripe_subscription SET read_at = $2 WHERE subscription_id = $1", [
    subscriptionId,
    at,
  ]);
}

/** A subscription that a person must look at. */
export type SubscriptionConcern = {
  readonly orgId: string;
  readonly subscriptionId: string;
  readonly meaning: Meaning;
  readonly bays: number;
  readonly readAt: Date;
};

/**
 * Subscriptions that take money and give nothing here, those that counted and cannot any more, those with more bays than
 * count, and all of an organisation that has several living ones.
 */
export async function subscriptionConcerns(limit: number): Promise<SubscriptionConcern[]> {
  const { rows } = await pool().query<SubscriptionConcern>(
    `SELECT org_id AS "orgId", subscription_id AS "subscriptionId", outcome AS meaning, bays, read_at AS "readAt"
     FROM (SELECT *, count(*) FILTER (WHERE outcome IN ('trial', 'active', 'grandfathered', 'past_due'))
                       OVER (PARTITION BY org_id) AS living FROM stripe_subscription) AS known
     WHERE (outcome LIKE 'other-%' OR outcome IN ('no-bays', 'missing') OR (has_counted AND outcome = 'not-yet'))
       AND status NOT IN ('canceled', 'incomplete', 'incomplete_expired')
        OR ((living > 1 OR bays > $2) AND outcome IN ('trial', 'active', 'grandfathered', 'past_due'))
     ORDER BY read_at DESC LIMIT $1`,
    [limit, MAX_BAYS],
  );
  return rows;
}
