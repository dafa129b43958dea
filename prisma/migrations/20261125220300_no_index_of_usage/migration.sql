-- The index that the migration before replaced.
-- Alone in its file, for CONCURRENTLY runs in no transaction.
-- Locks: none that holds a posting up. Undo: CREATE UNIQUE INDEX CONCURRENTLY ledger_entry_once_per_cause ON ledger_entry
-- (cause, org_id, kind, lot_id) NULLS NOT DISTINCT.

DROP INDEX CONCURRENTLY ledger_entry_once_per_cause;
