-- Finds the customer behind a number however the number is written: by its last seven digits, which `customerBehind`
-- then compares in full. Locks: blocks writes to customer while the index is built; on a large table create it
-- concurrently first. Undo: DROP INDEX customer_phone_digits.

CREATE INDEX customer_phone_digits ON customer (org_id, right(regexp_replace(phone, '\D', '', 'g'), 7));
