-- A plain word for when a warning was sent. Locks: credit_warning exclusively for a moment. Undo: rename it back.
ALTER TABLE credit_warning RENAME COLUMN spoken_at TO warned_at;
