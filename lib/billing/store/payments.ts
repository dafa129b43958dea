import { pool, type Queryable } from "@/lib/db/pool";
import type { PaymentFacts } from "../core/decide-payment";

/** How often something was applied to this payment: read it before reading Stripe. 0: never. */
export async function paymentVersion(paymentIntentId: string): Promise<number> {
  const { rows } = await pool().query<{ version: number }>(
    "SELECT version FROM stripe_payment WHERE payment_intent_id = $1",
    [paymentIntentId],
  );
  return rows[0]?.version ?? 0;
}

type Reading = {
  readonly paymentIntentId: string;
  readonly orgId: string;
  readonly checkoutId: string;
  /** The version that was seen before Stripe was read. */
  readonly seen: number;
  readonly facts: PaymentFacts;
  readonly at: Date;
};

/**
 * Locks the payment until the end of the transaction and stores what was read of it. False, with nothing stored, if
 * another reading was applied since: this one may be older.
 */
export async function claimPayment(tx: Queryable, reading: Reading): Promise<boolean> {
  const { paymentIntentId, orgId, checkoutId, seen, facts, at } = reading;
  const disputed = facts.disputeOpen || facts.lostPence > 0;
  const { rowCount } = await tx.query(
    seen === 0
      ? `INSERT INTO stripe_payment (payment_intent_id, org_id, checkout_id, version, status, received_pence, refunded_pence,
                                     lost_pence, disputed, read_at)
         VALUES ($1, $2, $3, $4 + 1, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`
      : `UPDATE stripe_payment SET version = $4 + 1, status = $5, received_pence = $6, refunded_pence = $7, lost_pence = $8,
                                   disputed = $9, read_at = $10
         WHERE payment_intent_id = $1 AND org_id = $2 AND checkout_id = $3 AND version = $4`,
    [
      paymentIntentId,
      orgId,
      checkoutId,
      seen,
      facts.status,
      facts.receivedPence,
      facts.refundedPence,
      facts.lostPence,
      disputed,
      at,
    ],
  );
  return rowCount === 1;
}
