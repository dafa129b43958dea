-- Giving credits back follows the recorded draws: all entries that moved the overdraft, and all reversals. They are few among
-- many, and are found without reading an organisation's other entries under its lock.
-- Locks: blocks postings while it runs; on a large table create it concurrently first. Undo: DROP INDEX.

CREATE INDEX ledger_entry_overdraft_or_reversal ON ledger_entry (org_id, seq) WHERE kind = 'reversal' OR lot_id IS NULL;
