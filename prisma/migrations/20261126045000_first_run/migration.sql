-- Why: a new garage is led through its first steps until they are done or somebody says that they are not wanted. What is
--   done is told from the garage's own rows; only the second is kept.
-- Locks: none; a new table.
-- Undo: DROP TABLE first_run_dismissal;
CREATE TABLE first_run_dismissal (
  org_id UUID NOT NULL,
  user_id UUID NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT first_run_dismissal_pkey PRIMARY KEY (org_id)
);
