-- Whether a subscription ever counted: one that did ends its garage's subscription when it ends, and suspends it when it
-- cannot count any more, whatever else Stripe says of it by then.
-- Locks: stripe_subscription briefly, the default is stored without rewriting it; the update touches every row once.
-- Undo: drop the column.

ALTER TABLE stripe_subscription ADD COLUMN has_counted BOOLEAN NOT NULL DEFAULT false;
UPDATE stripe_subscription SET has_counted = true
WHERE outcome IN ('trial', 'active', 'grandfathered', 'past_due', 'canceled');
