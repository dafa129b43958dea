-- Takes credits from the open lots of many organisations at once, one item after the other. What
-- no lot covers becomes overdraft. The callers hold the accounts' locks.
--
-- Order of the draw: monthly, gifted, purchased; within a kind the earliest expiry, then the
-- oldest lot. p_first_lot, if given, is drawn before all others (expiry, claw-back); then p_org
-- holds one organisation.
-- p_org, p_cause, p_amount and p_spend are parallel. Amounts are microcredits and not negative;
-- an item of 0 posts nothing. Spend is micro-pounds, and counts for trials only.
CREATE OR REPLACE FUNCTION ledger_debit(
  p_kind entry_kind, p_org uuid[], p_cause text[], p_amount bigint[], p_spend bigint[],
  p_at timestamptz, p_rate text DEFAULT NULL, p_first_lot bigint DEFAULT NULL,
  p_actor text DEFAULT NULL, p_reason text DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_lot bigint;
  v_crossed uuid[];
  v_entries bigint;
  v_total bigint;
  v_spend bigint;
  v_first bigint;
  v_remaining bigint;
  v_seq bigint;
  v_balance bigint;
BEGIN
  IF p_first_lot IS NOT NULL THEN
    v_lot := (SELECT id FROM credit_lot WHERE org_id = p_org[1] AND id = p_first_lot AND open);
  END IF;

  -- One organisation whose first lot holds enough, as nearly always: plain statements start in half
  -- the time of the one below, which does the same for many, and from lot to lot.
  IF p_org[1] = ALL (p_org) THEN
    SELECT count(*), sum(amount), sum(spend) INTO v_entries, v_total, v_spend
    FROM unnest(p_amount, p_spend) AS given (amount, spend) WHERE amount > 0;
    IF v_entries = 0 THEN RETURN; END IF;

    SELECT id, remaining INTO v_first, v_remaining FROM credit_lot
    WHERE org_id = p_org[1] AND open AND id = coalesce(v_lot, id)
    ORDER BY kind, expires_at, id LIMIT 1;

    IF v_remaining >= v_total THEN
      UPDATE credit_lot SET remaining = v_remaining - v_total, open = v_remaining > v_total
      WHERE org_id = p_org[1] AND id = v_first;

      UPDATE credit_account AS account
      SET balance = account.balance - v_total, entry_seq = account.entry_seq + v_entries,
          trial_spent_micro_gbp = account.trial_spent_micro_gbp
            + CASE WHEN account.state = 'trial' THEN v_spend ELSE 0 END
      WHERE account.org_id = p_org[1]
      RETURNING account.entry_seq - v_entries, account.balance + v_total,
        CASE WHEN account.balance <= account.wake_at AND account.balance + v_total > account.wake_at
          OR account.state = 'trial' AND account.trial_spent_micro_gbp >= account.trial_wake_at
             AND account.trial_spent_micro_gbp - v_spend < account.trial_wake_at
        THEN p_org[1:1] END
      INTO v_seq, v_balance, v_crossed;

      INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at,
                                rate_version, actor, reason)
      SELECT p_org[1], v_seq + row_number() OVER draw, p_kind, - amount,
             v_balance - (sum(amount) OVER draw)::bigint, v_first, cause, p_at, p_rate, p_actor,
             p_reason
      FROM unnest(p_cause, p_amount) WITH ORDINALITY AS given (cause, amount, place)
      WHERE amount > 0 WINDOW draw AS (ORDER BY place);

      IF v_crossed IS NOT NULL THEN PERFORM ledger_wake(v_crossed); END IF;
      RETURN;
    END IF;
  END IF;

  -- Each round draws on one lot of each organisation, its first open one, which nearly always
  -- holds enough. What is left of the items goes round again.
  WHILE cardinality(p_org) > 0 LOOP
    WITH item AS (
      -- Laid end to end, an organisation's items are intervals of its demand:
      -- (up_to - amount, up_to].
      SELECT given.org_id, given.cause, given.amount, given.spend, given.place,
             row_number() OVER draw AS nth, (sum(given.amount) OVER draw)::bigint AS up_to
      FROM unnest(p_org, p_cause, p_amount, p_spend) WITH ORDINALITY
           AS given (org_id, cause, amount, spend, place)
      WHERE given.amount > 0
      WINDOW draw AS (PARTITION BY given.org_id ORDER BY given.place)
    ), source AS (
      -- The lot gives what it holds. Where none is open, overdraft gives everything.
      SELECT demand.org_id, demand.spend, lot.id AS lot_id,
             least(demand.total, lot.remaining) AS taken, account.balance, account.entry_seq
      FROM (
        SELECT org_id, max(up_to) AS total, sum(spend)::bigint AS spend FROM item GROUP BY org_id
      ) AS demand
      JOIN credit_account AS account ON account.org_id = demand.org_id
      LEFT JOIN LATERAL (
        SELECT id, remaining FROM credit_lot
        WHERE org_id = demand.org_id AND open AND id = coalesce(v_lot, id)
        ORDER BY kind, expires_at, id LIMIT 1
      ) AS lot ON true
    ), line AS (
      SELECT item.*, source.lot_id, source.taken, source.balance, source.entry_seq,
             source.spend AS total_spend
      FROM item JOIN source ON source.org_id = item.org_id
    ), posted AS (
      -- An item that begins within what was taken gets an entry, as far as it reaches.
      INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at,
                                rate_version, actor, reason)
      SELECT org_id, entry_seq + nth, p_kind, up_to - amount - least(up_to, taken),
             balance - least(up_to, taken), lot_id, cause, p_at, p_rate, p_actor, p_reason
      FROM line WHERE up_to - amount < taken
    ), drawn AS (
      UPDATE credit_lot AS lot
      SET remaining = lot.remaining - source.taken, open = lot.remaining > source.taken
      FROM source WHERE lot.org_id = source.org_id AND lot.id = source.lot_id
    ), charged AS (
      UPDATE credit_account AS account
      SET balance = account.balance - total.taken, entry_seq = account.entry_seq + total.entries,
          overdraft = account.overdraft
            + CASE WHEN total.lot_id IS NULL THEN total.taken ELSE 0 END,
          trial_spent_micro_gbp = account.trial_spent_micro_gbp
            + CASE WHEN account.state = 'trial' THEN total.total_spend ELSE 0 END
      FROM (SELECT org_id, lot_id, taken, total_spend, max(nth) AS entries
            FROM line WHERE up_to - amount < taken
            GROUP BY org_id, lot_id, taken, total_spend) AS total
      WHERE account.org_id = total.org_id
      -- Crossed: the balance, or a trial's spend, was on the near side of its wake mark and no
      -- longer is.
      RETURNING account.org_id,
        account.balance <= account.wake_at AND account.balance + total.taken > account.wake_at
        OR account.state = 'trial' AND account.trial_spent_micro_gbp >= account.trial_wake_at
           AND account.trial_spent_micro_gbp - total.total_spend < account.trial_wake_at AS crossed
    )
    -- What the lot did not cover; its spend has been counted.
    SELECT (SELECT array_agg(org_id) FROM charged WHERE crossed),
           array_agg(org_id ORDER BY place), array_agg(cause ORDER BY place),
           array_agg(least(amount, up_to - taken) ORDER BY place), array_agg(0::bigint)
    INTO v_crossed, p_org, p_cause, p_amount, p_spend
    FROM line WHERE up_to > taken;
    v_lot := NULL;

    IF v_crossed IS NOT NULL THEN PERFORM ledger_wake(v_crossed); END IF;
  END LOOP;
END $$;
