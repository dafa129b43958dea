-- The second guard of the ledger's sums, after every statement that posts (transition table:
-- posted). What it posted for an organisation must be one run of sequence numbers that ends where
-- the account stands.
-- LIMIT keeps the planner at one look-up by key per account: the plan is kept, and one that was
-- made for a batch of many accounts would read the whole table for a single one.
CREATE OR REPLACE FUNCTION ledger_entry_in_step() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT
    FROM (
      SELECT DISTINCT ON (org_id) org_id, seq AS last, balance_after AS balance,
             seq - min(seq) OVER (PARTITION BY org_id) + 1 AS span,
             count(*) OVER (PARTITION BY org_id) AS entries
      FROM posted ORDER BY org_id, seq DESC
    ) AS run
    LEFT JOIN LATERAL (
      SELECT entry_seq, balance FROM credit_account WHERE org_id = run.org_id LIMIT 1
    ) AS account ON true
    WHERE run.span <> run.entries OR account.entry_seq IS DISTINCT FROM run.last
       OR account.balance IS DISTINCT FROM run.balance
  ) THEN
    RAISE EXCEPTION 'ledger entries and account are out of step'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_entry_in_step',
            TABLE = 'ledger_entry';
  END IF;
  RETURN NULL;
END $$;
