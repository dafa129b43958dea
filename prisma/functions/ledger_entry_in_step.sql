-- The second guard of the ledger's sums, after every statement that posts (transition table:
-- posted). What it posted for an organisation must be one run of sequence numbers that ends where
-- the account stands.
CREATE OR REPLACE FUNCTION ledger_entry_in_step() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT
    FROM (
      SELECT org_id, max(seq) AS last, max(seq) - min(seq) + 1 AS span, count(*) AS entries
      FROM posted GROUP BY org_id
    ) AS run
    JOIN posted AS newest ON newest.org_id = run.org_id AND newest.seq = run.last
    LEFT JOIN credit_account AS account ON account.org_id = run.org_id
    WHERE run.span <> run.entries OR account.entry_seq IS DISTINCT FROM run.last
       OR account.balance IS DISTINCT FROM newest.balance_after
  ) THEN
    RAISE EXCEPTION 'ledger entries and account are out of step'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_entry_in_step',
            TABLE = 'ledger_entry';
  END IF;
  RETURN NULL;
END $$;
