-- One order for every payment: what `checkout` held of a click on Buy Now holds for whatever else will be paid, and a
-- payment says what its last reading meant. Orders keep the ids of their checkouts, so that sessions and payments which
-- name those at Stripe lead to them. Locks: the three tables, briefly; every payment is rewritten once.
-- The application of before does not know the new names: stop it first; Stripe delivers again what it meets meanwhile.
-- Undo: rename back, drop the columns added here, restore `disputed` as dispute_open OR lost_pence > 0.

ALTER TABLE checkout RENAME TO credit_order;
ALTER TABLE credit_order RENAME CONSTRAINT checkout_pkey TO credit_order_pkey;
ALTER TABLE credit_order RENAME CONSTRAINT checkout_amounts_positive TO credit_order_amounts_positive;
ALTER INDEX checkout_org_id_created_at_idx RENAME TO credit_order_org_id_created_at_idx;
ALTER INDEX checkout_once_per_session RENAME TO credit_order_once_per_session;

ALTER TABLE credit_order ADD COLUMN method TEXT NOT NULL DEFAULT 'checkout';
ALTER TABLE credit_order ALTER COLUMN method DROP DEFAULT;
ALTER TABLE credit_order ADD COLUMN rule TEXT;
ALTER TABLE credit_order ALTER COLUMN user_id DROP NOT NULL;
ALTER TABLE credit_order DROP CONSTRAINT checkout_status_known;
ALTER TABLE credit_order ADD CONSTRAINT credit_order_status_known
  CHECK (status IN ('open', 'needs_authentication', 'processing', 'paid', 'failed', 'expired'));
ALTER TABLE credit_order ADD CONSTRAINT credit_order_method_known
  CHECK (method IN ('checkout', 'auto_top_up', 'invoice'));
ALTER TABLE credit_order ADD CONSTRAINT credit_order_ordered_by_somebody
  CHECK (user_id IS NOT NULL OR rule IS NOT NULL);

-- A second click, here or in another tab, finds the first one's session.
DROP INDEX checkout_one_open_per_pack;
CREATE UNIQUE INDEX credit_order_one_open_per_pack ON credit_order (org_id, pack_id)
  WHERE status = 'open' AND method = 'checkout';
-- What reconciliation still has to ask about.
DROP INDEX checkout_unfinished;
CREATE INDEX credit_order_unfinished ON credit_order (created_at)
  WHERE status IN ('open', 'needs_authentication', 'processing');

ALTER TABLE stripe_payment RENAME COLUMN checkout_id TO order_id;
ALTER INDEX stripe_payment_org_id_checkout_id_idx RENAME TO stripe_payment_org_id_order_id_idx;
ALTER TABLE stripe_payment ADD COLUMN currency TEXT NOT NULL DEFAULT 'gbp';
ALTER TABLE stripe_payment ALTER COLUMN currency DROP DEFAULT;
ALTER TABLE stripe_payment ADD COLUMN dispute_open BOOLEAN;
ALTER TABLE stripe_payment ADD COLUMN outcome TEXT;

-- What was paid as it was ordered has its purchase; what came otherwise has none.
UPDATE stripe_payment AS payment SET
  dispute_open = payment.disputed AND payment.lost_pence = 0,
  outcome = CASE
    WHEN payment.status <> 'succeeded' THEN 'unpaid'
    WHEN EXISTS (
      SELECT FROM credit_purchase AS purchase
      WHERE purchase.org_id = payment.org_id
        AND purchase.source_key = 'stripe:payment_intent:' || payment.payment_intent_id
    ) THEN 'paid'
    ELSE 'mismatch'
  END;

ALTER TABLE stripe_payment ALTER COLUMN dispute_open SET NOT NULL;
ALTER TABLE stripe_payment ALTER COLUMN outcome SET NOT NULL;
ALTER TABLE stripe_payment DROP COLUMN disputed;
ALTER TABLE stripe_payment ADD CONSTRAINT stripe_payment_outcome_known
  CHECK (outcome IN ('unpaid', 'mismatch', 'paid'));
