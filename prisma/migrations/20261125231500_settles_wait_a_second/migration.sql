-- A settle waits for a lock for a second. One statement settles many organisations: while another session held the account of one,
-- all the others waited as long. Whoever calls it tries again, for each organisation by itself (lib/credits/held-up.ts).
-- Locks: none beyond the catalog. Undo: ALTER FUNCTION ledger_settle RESET lock_timeout.
ALTER FUNCTION ledger_settle SET lock_timeout = '1s';
