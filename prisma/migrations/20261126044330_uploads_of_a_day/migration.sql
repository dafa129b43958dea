-- Why: what a garage has uploaded within a day is summed before each upload.
-- Locks: SHARE on media while the index is made: seconds.
-- Undo: DROP INDEX media_uploaded;
CREATE INDEX media_uploaded ON media (org_id, created_at) WHERE uploaded_by IS NOT NULL;
