-- Customers are found by the last digits of their number (customer_phone_digits), because records write numbers in many ways.
-- Nothing looks for a number as it stands: its index only slows writing down.
-- Locks: the index and its table for an instant, ACCESS EXCLUSIVE.
-- Undo: CREATE INDEX customer_org_id_phone_idx ON customer (org_id, phone);

DROP INDEX customer_org_id_phone_idx;
