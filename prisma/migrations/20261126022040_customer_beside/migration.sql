-- Why: whoever answers a customer sees their vehicles with the MOT date and their next appointment beside the conversation. Both
--   are read by customer, which had no index.
-- Locks: ACCESS EXCLUSIVE on vehicle for a moment (a column without a default); SHARE on vehicle, then on appointment, while an
--   index is built: seconds for a million rows.
-- Undo: DROP INDEX vehicle_org_id_customer_id_idx, appointment_org_id_customer_id_starts_at_idx; ALTER TABLE vehicle DROP COLUMN mot_due;
ALTER TABLE vehicle ADD COLUMN mot_due DATE;
CREATE INDEX vehicle_org_id_customer_id_idx ON vehicle (org_id, customer_id);
CREATE INDEX appointment_org_id_customer_id_starts_at_idx ON appointment (org_id, customer_id, starts_at);
