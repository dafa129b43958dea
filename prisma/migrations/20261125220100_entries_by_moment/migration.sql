-- An interaction's usage is found by the moment at which it was posted: the next migrations take its index by cause away.
-- A BRIN index costs a posting next to nothing, and entries lie in the order in which they were posted.
-- Alone in its file, for CONCURRENTLY runs in no transaction. If it fails, drop the invalid index that it leaves, and start again.
-- Locks: none that holds a posting up. Undo: DROP INDEX CONCURRENTLY ledger_entry_posted.

CREATE INDEX CONCURRENTLY ledger_entry_posted ON ledger_entry USING brin (posted_at) WITH (autosummarize = on);
