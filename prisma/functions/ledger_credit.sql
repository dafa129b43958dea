-- Gives credits, anew or back, to one organisation. The overdraft is settled first, out of the
-- first amounts; the rest fills the lots that the amounts name. The caller holds the account's
-- lock.
--
-- p_lot and p_amount (microcredits, above 0) are parallel; a lot stands in p_lot once. A null lot
-- is for amounts that do no more than settle overdraft.
CREATE OR REPLACE FUNCTION ledger_credit(
  p_kind entry_kind, p_org uuid, p_cause text, p_lot bigint[], p_amount bigint[], p_at timestamptz,
  p_actor text, p_reason text
) RETURNS void
LANGUAGE sql AS $$
  WITH item AS (
    -- Laid end to end, the amounts are intervals of what is given: (up_to - amount, up_to].
    SELECT lot_id, amount, (sum(amount) OVER (ORDER BY place))::bigint AS up_to
    FROM unnest(p_lot, p_amount) WITH ORDINALITY AS given (lot_id, amount, place)
  ), before AS (
    SELECT account.entry_seq, account.balance, given.total,
           least(account.overdraft, given.total) AS settles
    FROM credit_account AS account CROSS JOIN (SELECT max(up_to) AS total FROM item) AS given
    WHERE account.org_id = p_org
  ), line AS (
    -- One line for the overdraft, without a lot; then for each lot what lies beyond that.
    SELECT NULL::bigint AS lot_id, settles AS amount, settles AS up_to FROM before WHERE settles > 0
    UNION ALL
    SELECT item.lot_id, least(item.amount, item.up_to - before.settles), item.up_to
    FROM item CROSS JOIN before WHERE item.up_to > before.settles
  ), posted AS (
    INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at,
                              actor, reason)
    SELECT p_org, before.entry_seq + row_number() OVER (ORDER BY line.up_to), p_kind, line.amount,
           before.balance + line.up_to, line.lot_id, p_cause, p_at, p_actor, p_reason
    FROM line CROSS JOIN before
  ), filled AS (
    UPDATE credit_lot AS lot SET remaining = lot.remaining + line.amount, open = true
    FROM line WHERE lot.org_id = p_org AND lot.id = line.lot_id
  )
  UPDATE credit_account AS account
  SET balance = account.balance + before.total, overdraft = account.overdraft - before.settles,
      entry_seq = account.entry_seq + (SELECT count(*) FROM line)
  FROM before WHERE account.org_id = p_org;
$$;
