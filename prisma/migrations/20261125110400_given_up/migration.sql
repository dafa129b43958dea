-- When an interaction that was never settled was given up, so that each is told once and support can list them.
-- Locks: `interaction` for a moment (a column without a default). Undo: drop the column.

ALTER TABLE interaction ADD COLUMN given_up_at TIMESTAMPTZ(3);
