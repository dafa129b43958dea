-- How many bays the next invoice will bill: fewer than now where a customer chose fewer for the period's end.
-- Locks: stripe_subscription briefly, nothing is rewritten. Undo: drop the column.

ALTER TABLE stripe_subscription ADD COLUMN next_invoice_bays INTEGER;
