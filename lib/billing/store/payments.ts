import { pool, type Queryable } from "@/lib/db/pool";
import type { PaymentDecision, PaymentFacts } from "../core/decide-payment";

/** What was last read of a payment, the order it belongs to, and how often a reading was applied to it. */
export type KnownPayment = {
  readonly orgId: string;
  readonly orderId: string;
  readonly version: number;
  readonly facts: PaymentFacts;
};

/** What is known of a payment: look here before reading Stripe. Undefined where nothing was applied yet. */
export async function findPayment(paymentIntentId: string): Promise<KnownPayment | undefined> {
  const { rows } = await pool().query<PaymentFacts & Omit<KnownPayment, "facts">>(
    `SELECT org_id AS "orgId", order_id AS "orderId", version, status, currency, received_pence AS "receivedPence", refunded_pence AS "refundedPence",
            lost_pence AS "lostPence", dispute_open AS "disputeOpen"
     FROM stripe_payment WHERE payment_intent_id = $1`,
    [paymentIntentId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { orgId, orderId, version, ...facts } = row;
  return { orgId, orderId, version, facts };
}

type Reading = {
  readonly paymentIntentId: string;
  readonly orgId: string;
  readonly orderId: string;
  /** The version that was known before Stripe was read. 0: none. */
  readonly seen: number;
  readonly facts: PaymentFacts;
  /** What the facts mean for the order. */
  readonly outcome: PaymentDecision["kind"];
  readonly at: Date;
};

/**
 * Locks the payment until the end of the transaction and stores what was read of it. False, with nothing stored, if
 * another reading was applied since: this one may be older.
 */
export async function claimPayment(tx: Queryable, reading: Reading): Promise<boolean> {
  const { paymentIntentId, orgId, orderId, seen, facts, outcome, at } = reading;
  const { rowCount } = await tx.query(
    seen === 0
      ? `INSERT INTO stripe_payment (payment_intent_id, org_id, order_id, version, status, currency, received_pence,
                                     refunded_pence, lost_pence, dispute_open, outcome, read_at)
         VALUES ($1, $2, $3, $4 + 1, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`
      : `UPDATE stripe_payment
         SET version = $4 + 1, status = $5, currency = $6, received_pence = $7, refunded_pence = $8, lost_pence = $9,
             dispute_open = $10, outcome = $11, read_at = $12
         WHERE payment_intent_id = $1 AND org_id = $2 AND order_id = $3 AND version = $4`,
    [
      paymentIntentId,
      orgId,
      orderId,
      seen,
      facts.status,
      facts.currency,
      facts.receivedPence,
      facts.refundedPence,
      facts.lostPence,
      facts.disputeOpen,
      outcome,
      at,
    ],
  );
  return rowCount === 1;
}

/** A payment that a person must look at. */
export type PaymentConcern = {
  readonly orgId: string;
  readonly paymentIntentId: string;
  readonly kind: "mismatch" | "dispute";
  readonly receivedPence: number;
  readonly currency: string;
  readonly readAt: Date;
};

/** Payments that are not what was ordered, and those with an open dispute; latest first. */
export async function paymentConcerns(limit: number): Promise<PaymentConcern[]> {
  const { rows } = await pool().query<PaymentConcern>(
    `SELECT org_id AS "orgId", payment_intent_id AS "paymentIntentId",
            CASE WHEN outcome = 'mismatch' THEN 'mismatch' ELSE 'dispute' END AS kind,
            received_pence AS "receivedPence", currency, read_at AS "readAt"
     FROM stripe_payment WHERE dispute_open OR (outcome = 'mismatch' AND received_pence > refunded_pence)
     ORDER BY read_at DESC LIMIT $1`,
    [limit],
  );
  return rows;
}
