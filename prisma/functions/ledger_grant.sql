-- Opens a lot and credits it; returns its id. The caller holds the account's lock, and has looked
-- whether the source key was used before: it opens one lot only.
CREATE OR REPLACE FUNCTION ledger_grant(
  p_org uuid, p_kind lot_kind, p_amount bigint, p_source_key text, p_effective_at timestamptz,
  p_expires_at timestamptz, p_at timestamptz, p_actor text, p_reason text
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_lot bigint;
BEGIN
  -- The lot is named by the sequence of its first entry, which is the account's next one.
  INSERT INTO credit_lot (org_id, id, kind, granted, remaining, open, effective_at, expires_at,
                          source_key)
  SELECT p_org, entry_seq + 1, p_kind, p_amount, 0, false, p_effective_at,
         coalesce(p_expires_at, 'infinity'), p_source_key
  FROM credit_account WHERE org_id = p_org
  RETURNING id INTO STRICT v_lot;

  PERFORM ledger_credit(
    p_kind => 'grant', p_org => p_org, p_cause => p_source_key, p_lot => ARRAY[v_lot],
    p_amount => ARRAY[p_amount], p_at => p_at, p_actor => p_actor, p_reason => p_reason);

  -- The gauge's full mark where there is no allowance: the balance right after the last grant.
  UPDATE credit_account SET grant_peak = balance WHERE org_id = p_org;
  RETURN v_lot;
END $$;
