-- The unique index of causes, without usage. A usage's cause is its interaction, which settles once: it is claimed under the account's
-- lock, a trigger refuses a second settle, and reconciliation holds each interaction against its entries. The index of millions
-- of random references cost a fifth of every batch.
-- Alone in its file, for CONCURRENTLY runs in no transaction. If it fails, drop the invalid index that it leaves, and start again.
-- Locks: none that holds a posting up. Undo: DROP INDEX CONCURRENTLY ledger_entry_once_per_cause_but_usage.

CREATE UNIQUE INDEX CONCURRENTLY ledger_entry_once_per_cause_but_usage ON ledger_entry (cause, org_id, kind, lot_id)
NULLS NOT DISTINCT WHERE kind <> 'usage';
