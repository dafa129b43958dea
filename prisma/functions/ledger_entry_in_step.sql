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
      SELECT org_id, min(seq) AS first, max(ARRAY[seq, balance_after]) AS last, count(*) AS entries
      FROM posted GROUP BY org_id
    ) AS run
    LEFT JOIN LATERAL (
      SELECT entry_seq, balance FROM credit_account WHERE org_id = run.org_id LIMIT 1
    ) AS account ON true
    WHERE run.last[1] - run.first + 1 <> run.entries
       OR account.entry_seq IS DISTINCT FROM run.last[1]
       OR account.balance IS DISTINCT FROM run.last[2]
  ) THEN
    RAISE EXCEPTION 'ledger entries and account are out of step'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_entry_in_step',
            TABLE = 'ledger_entry';
  END IF;
  RETURN NULL;
END $$;
