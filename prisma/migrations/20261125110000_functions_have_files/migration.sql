-- The database's functions are written in prisma/functions, one file each; this migration holds a copy of every one.
-- They do what they did: whole words for names, a comment per step, and CASE WHEN instead of CASE x WHEN.
-- Locks: none beyond the catalog. Undo: the functions of 20261121090100, 20261121090200 and 20261125090000.

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
LANGUAGE plpgsql SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  v_lot bigint;
  v_crossed uuid[];
BEGIN
  IF p_first_lot IS NOT NULL THEN
    v_lot := (SELECT id FROM credit_lot WHERE org_id = p_org[1] AND id = p_first_lot AND open);
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

    -- Looking which warning is due is a job's work; one that waits already does it for all.
    IF v_crossed IS NOT NULL THEN
      PERFORM graphile_worker.add_job('watch-balance', json_build_object('orgId', woken.org_id),
                                      job_key => 'watch-balance:' || woken.org_id)
      FROM unnest(v_crossed) AS woken (org_id);
    END IF;
  END LOOP;
END $$;

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

-- Opens a lot and credits it; returns its id. The caller holds the account's lock, and has looked
-- whether the source key was used before: it opens one lot, for ever.
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

-- Settles interactions of many organisations, each once: claims the stored start (or stores one
-- that was missed), counts the day, draws the credits.
--
-- The arrays are parallel; an interaction stands in a call once. Cost is micro-dollars, credits are
-- microcredits, spend is micro-pounds; p_mode to p_started_at are used where no start was stored.
-- Outcomes: settled, duplicate, conflict (settled before at another cost), no_account.
-- Generic plans: arrays of one look cheap to plan for, and would be planned anew in every call.
CREATE OR REPLACE FUNCTION ledger_settle(
  p_org uuid[], p_channel channel[], p_ref text[], p_cost bigint[], p_credits bigint[],
  p_spend bigint[], p_counted boolean[], p_mode interaction_mode[], p_level smallint[],
  p_reason text[], p_billable boolean[], p_fallback boolean[], p_fail_open boolean[],
  p_started_at timestamptz[], p_rate text, p_at timestamptz, p_day date
) RETURNS TABLE (ord bigint, outcome text, credits bigint, cost_micro_usd bigint)
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_done bigint[] := '{}';
  v_ord bigint[];
  v_org uuid[];
  v_cause text[];
  v_credits bigint[];
  v_spend bigint[];
BEGIN
  -- 1. Lock the accounts, in order. Every later statement sees what the lock waited for.
  PERFORM FROM credit_account WHERE org_id = ANY (p_org) ORDER BY org_id FOR NO KEY UPDATE;

  FOR pass IN 1 .. 2 LOOP
    -- 2. Claim the stored starts that are not settled yet, and count them on the day's rollup.
    WITH claimed AS (
      UPDATE interaction AS stored
      SET settled_at = p_at, cost_micro_usd = report.cost,
          credits = CASE WHEN stored.billable THEN report.credits ELSE 0 END, rate_version = p_rate
      FROM unnest(p_org, p_channel, p_ref, p_cost, p_credits, p_spend, p_counted) WITH ORDINALITY
           AS report (org_id, channel, ref, cost, credits, spend, counted, ord)
      WHERE stored.org_id = report.org_id AND stored.channel = report.channel
        AND stored.provider_ref = report.ref AND stored.settled_at IS NULL
      RETURNING report.ord, report.org_id, report.channel, report.ref, stored.credits, report.spend,
                report.counted AND (stored.billable OR stored.mode = 'degraded') AS counted,
                stored.mode
    ), rollup AS (
      INSERT INTO usage_daily AS daily (org_id, day, channel, interactions, degraded, credits)
      SELECT org_id, p_day, channel, count(*) FILTER (WHERE counted AND mode = 'full'),
             count(*) FILTER (WHERE counted AND mode = 'degraded'), sum(credits)
      FROM claimed GROUP BY org_id, channel
      ON CONFLICT (org_id, day, channel) DO UPDATE
        SET interactions = daily.interactions + excluded.interactions,
            degraded = daily.degraded + excluded.degraded,
            credits = daily.credits + excluded.credits
    )
    SELECT array_agg(ord), array_agg(org_id), array_agg('interaction:' || channel || ':' || ref),
           array_agg(credits), array_agg(spend)
    INTO v_ord, v_org, v_cause, v_credits, v_spend
    FROM claimed;

    -- 3. Draw their credits.
    PERFORM ledger_debit(
      p_kind => 'usage', p_org => v_org, p_cause => v_cause, p_amount => v_credits,
      p_spend => v_spend, p_at => p_at, p_rate => p_rate);
    v_done := v_done || v_ord;
    RETURN QUERY
      SELECT claim.ord, 'settled', claim.credits, p_cost[claim.ord]
      FROM unnest(v_ord, v_credits) AS claim (ord, credits);
    EXIT WHEN pass = 2 OR cardinality(v_done) = cardinality(p_org);

    -- 4. A report whose start was never stored, because the check failed open: store the start
    -- now, and claim it like the others.
    INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable,
                             is_fallback, fail_open, started_at)
    SELECT missed.org_id, missed.channel, missed.ref, missed.mode, missed.level, missed.reason,
           missed.billable, missed.fallback, missed.fail_open, missed.started_at
    FROM unnest(p_org, p_channel, p_ref, p_mode, p_level, p_reason, p_billable, p_fallback,
                p_fail_open, p_started_at) WITH ORDINALITY
         AS missed (org_id, channel, ref, mode, level, reason, billable, fallback, fail_open,
                    started_at, ord)
    JOIN credit_account AS account ON account.org_id = missed.org_id
    WHERE missed.ord <> ALL (v_done)
    ON CONFLICT DO NOTHING;
    EXIT WHEN NOT FOUND;
  END LOOP;

  -- 5. What was not claimed had been settled before, or has no account.
  IF cardinality(v_done) < cardinality(p_org) THEN
    RETURN QUERY
      SELECT report.ord,
             CASE WHEN stored.settled_at IS NULL THEN 'no_account'
                  WHEN stored.cost_micro_usd = report.cost THEN 'duplicate' ELSE 'conflict' END,
             stored.credits, stored.cost_micro_usd
      FROM unnest(p_org, p_channel, p_ref, p_cost) WITH ORDINALITY
           AS report (org_id, channel, ref, cost, ord)
      LEFT JOIN interaction AS stored ON stored.org_id = report.org_id
        AND stored.channel = report.channel AND stored.provider_ref = report.ref
      WHERE report.ord <> ALL (v_done);
  END IF;
END $$;

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

-- The trigger of rows that are never changed, removed or settled twice. The error names the
-- trigger as its constraint, so that callers can tell which rule it was.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, lower(TG_OP)
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;
