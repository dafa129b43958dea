-- Why: an account that has made a garage gets no second trial, also when it has left that garage: who made it is kept.
--   For garages from before, it is the member who came with it; one who has left already is not known.
-- Locks: organization exclusively, for an instant (the column is nullable and has no default), then its rows while they
--   are filled; the index is built within, over one row per garage.
-- Undo: ALTER TABLE organization DROP COLUMN founded_by;
ALTER TABLE organization ADD COLUMN founded_by UUID;
UPDATE organization AS o SET founded_by = m.user_id
FROM member AS m WHERE m.organization_id = o.id AND m.created_at = o.created_at;
CREATE INDEX organization_founded_by_idx ON organization (founded_by);
