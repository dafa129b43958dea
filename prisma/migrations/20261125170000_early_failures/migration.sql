-- A failed status can come before its message has the provider's id. What follows from the failure is kept with it, so
-- that it is followed when the message is found; what was kept before this migration is told to staff.
-- An index for consent records: whether somebody has opted out follows from their latest one.
-- Locks: early_status for a moment; consent_record against writes while the index is built (one row per change of consent).
-- Undo: DROP INDEX consent_record_latest; ALTER TABLE early_status DROP COLUMN failure_next.

ALTER TABLE early_status ADD COLUMN failure_next TEXT;
ALTER TABLE early_status ADD CONSTRAINT early_status_failure_next_known
  CHECK (failure_next IN ('tell-staff', 'close-window', 'opted-out', 'alert-operator'));

CREATE INDEX consent_record_latest ON consent_record (org_id, contact_id, at);
