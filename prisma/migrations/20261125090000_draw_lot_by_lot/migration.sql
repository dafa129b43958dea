-- The draw looks at each organisation's first open lot alone, which nearly always holds enough, and goes round again with
-- what is left; settling claims, counts and draws in one statement fewer, and plans once a connection. A single settle
-- takes a fifth less of the server's time than before.
-- Locks: `interaction` for the moment its trigger is replaced. Undo: the functions and the trigger of 20261121090100 and …0200.

-- Takes credits from open lots (monthly, gifted, purchased; earliest expiry; oldest) for many items at once.
-- What no lot covers becomes overdraft. p_first_lot, if given, is drawn before all others (expiry, claw-back).
-- Amounts in microcredits, spend in micro-pounds (counted for trials only). Items of 0 post nothing.
CREATE OR REPLACE FUNCTION ledger_debit(
  p_kind entry_kind, p_org uuid[], p_cause text[], p_amount bigint[], p_spend bigint[], p_at timestamptz,
  p_rate text DEFAULT NULL, p_first_lot bigint DEFAULT NULL, p_actor text DEFAULT NULL, p_reason text DEFAULT NULL
) RETURNS void LANGUAGE plpgsql SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  v_lot bigint;
  v_crossed uuid[];
BEGIN
  IF p_first_lot IS NOT NULL THEN
    v_lot := (SELECT id FROM credit_lot WHERE org_id = p_org[1] AND id = p_first_lot AND open);
  END IF;
  WHILE cardinality(p_org) > 0 LOOP
    WITH item AS ( -- each item is an interval on its organisation's line of credits: (upto - amount, upto]
      SELECT i.org_id, i.cause, i.amount, i.spend, i.ord, row_number() OVER draw AS nth, (sum(i.amount) OVER draw)::bigint AS upto
      FROM unnest(p_org, p_cause, p_amount, p_spend) WITH ORDINALITY AS i (org_id, cause, amount, spend, ord)
      WHERE i.amount > 0
      WINDOW draw AS (PARTITION BY i.org_id ORDER BY i.ord)
    ), source AS ( -- the first open lot gives what it holds; overdraft, which comes last, has no bottom
      SELECT n.org_id, n.spend, l.id AS lot_id, least(n.total, l.remaining) AS taken, a.balance, a.entry_seq
      FROM (SELECT org_id, max(upto) AS total, sum(spend)::bigint AS spend FROM item GROUP BY org_id) AS n
      JOIN credit_account AS a ON a.org_id = n.org_id
      LEFT JOIN LATERAL (
        SELECT id, remaining FROM credit_lot WHERE org_id = n.org_id AND open AND id = coalesce(v_lot, id)
        ORDER BY kind, expires_at, id LIMIT 1
      ) AS l ON true
    ), line AS (
      SELECT i.*, s.lot_id, s.taken, s.balance, s.entry_seq, s.spend AS spent
      FROM item AS i JOIN source AS s ON s.org_id = i.org_id
    ), posted AS (
      INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at, rate_version, actor, reason)
      SELECT org_id, entry_seq + nth, p_kind, upto - amount - least(upto, taken), balance - least(upto, taken), lot_id, cause,
             p_at, p_rate, p_actor, p_reason
      FROM line WHERE upto - amount < taken
    ), drawn AS (
      UPDATE credit_lot AS c SET remaining = c.remaining - s.taken, open = c.remaining > s.taken
      FROM source AS s WHERE c.org_id = s.org_id AND c.id = s.lot_id
    ), charged AS (
      UPDATE credit_account AS a
      SET balance = a.balance - t.taken, entry_seq = a.entry_seq + t.lines,
          overdraft = a.overdraft + CASE WHEN t.lot_id IS NULL THEN t.taken ELSE 0 END,
          trial_spent_micro_gbp = a.trial_spent_micro_gbp + CASE a.state WHEN 'trial' THEN t.spent ELSE 0 END
      FROM (SELECT org_id, lot_id, taken, spent, max(nth) AS lines FROM line WHERE upto - amount < taken
            GROUP BY org_id, lot_id, taken, spent) AS t
      WHERE a.org_id = t.org_id
      RETURNING a.org_id,
        a.balance <= a.wake_at AND a.balance + t.taken > a.wake_at
        OR a.state = 'trial' AND a.trial_spent_micro_gbp >= a.trial_wake_at
           AND a.trial_spent_micro_gbp - t.spent < a.trial_wake_at AS crossed
    )
    SELECT (SELECT array_agg(org_id) FROM charged WHERE crossed), array_agg(org_id ORDER BY ord), array_agg(cause ORDER BY ord),
           array_agg(least(amount, upto - taken) ORDER BY ord), array_agg(0::bigint)
    INTO v_crossed, p_org, p_cause, p_amount, p_spend FROM line WHERE upto > taken;
    v_lot := NULL;
    IF v_crossed IS NOT NULL THEN
      PERFORM graphile_worker.add_job('watch-balance', json_build_object('orgId', c.org_id), job_key => 'watch-balance:' || c.org_id)
      FROM unnest(v_crossed) AS c (org_id);
    END IF;
  END LOOP;
END $$;

-- Settles interactions, each once: claims the stored start (or stores one that was missed), counts the day, draws.
-- Arrays are parallel; a key stands in a call once. Outcomes: settled, duplicate, conflict (another cost), no_account.
-- Generic plans: arrays of one look cheap to plan for, and would be planned anew in every call.
CREATE OR REPLACE FUNCTION ledger_settle(
  p_org uuid[], p_channel channel[], p_ref text[], p_cost bigint[], p_credits bigint[], p_spend bigint[], p_counted boolean[],
  p_mode interaction_mode[], p_level smallint[], p_reason text[], p_billable boolean[], p_fallback boolean[],
  p_fail_open boolean[], p_started_at timestamptz[], p_rate text, p_at timestamptz, p_day date
) RETURNS TABLE (ord bigint, outcome text, credits bigint, cost_micro_usd bigint)
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_done bigint[] := '{}';
  v_ord bigint[]; v_org uuid[]; v_cause text[]; v_credits bigint[]; v_spend bigint[];
BEGIN
  -- 1. Accounts first, in order. Every later statement then sees what the lock waited for.
  PERFORM FROM credit_account WHERE org_id = ANY (p_org) ORDER BY org_id FOR NO KEY UPDATE;

  FOR pass IN 1 .. 2 LOOP
    -- 2. Claim the stored starts that nobody settled yet, count the day, draw.
    WITH claimed AS (
      UPDATE interaction AS i
      SET settled_at = p_at, cost_micro_usd = x.cost, credits = CASE WHEN i.billable THEN x.credits ELSE 0 END, rate_version = p_rate
      FROM unnest(p_org, p_channel, p_ref, p_cost, p_credits, p_spend, p_counted) WITH ORDINALITY
           AS x (org_id, channel, ref, cost, credits, spend, counted, ord)
      WHERE i.org_id = x.org_id AND i.channel = x.channel AND i.provider_ref = x.ref AND i.settled_at IS NULL
      RETURNING x.ord, x.org_id, x.channel, x.ref, i.credits, x.spend, x.counted AND (i.billable OR i.mode = 'degraded') AS counted, i.mode
    ), rollup AS (
      INSERT INTO usage_daily AS u (org_id, day, channel, interactions, degraded, credits)
      SELECT org_id, p_day, channel, count(*) FILTER (WHERE counted AND mode = 'full'), count(*) FILTER (WHERE counted AND mode = 'degraded'), sum(credits)
      FROM claimed GROUP BY org_id, channel
      ON CONFLICT (org_id, day, channel) DO UPDATE
        SET interactions = u.interactions + excluded.interactions, degraded = u.degraded + excluded.degraded, credits = u.credits + excluded.credits
    )
    SELECT array_agg(ord), array_agg(org_id), array_agg('interaction:' || channel || ':' || ref), array_agg(credits), array_agg(spend)
    INTO v_ord, v_org, v_cause, v_credits, v_spend FROM claimed;
    PERFORM ledger_debit('usage', v_org, v_cause, v_credits, v_spend, p_at, p_rate);
    v_done := v_done || v_ord;
    RETURN QUERY SELECT c.ord, 'settled', c.credits, p_cost[c.ord] FROM unnest(v_ord, v_credits) AS c (ord, credits);
    EXIT WHEN pass = 2 OR cardinality(v_done) = cardinality(p_org);

    -- 3. A report whose start was never stored (the check failed open): store it now, and claim it like the others.
    INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable, is_fallback, fail_open, started_at)
    SELECT x.org_id, x.channel, x.ref, x.mode, x.level, x.reason, x.billable, x.fallback, x.fail_open, x.started_at
    FROM unnest(p_org, p_channel, p_ref, p_mode, p_level, p_reason, p_billable, p_fallback, p_fail_open, p_started_at) WITH ORDINALITY
         AS x (org_id, channel, ref, mode, level, reason, billable, fallback, fail_open, started_at, ord)
    JOIN credit_account AS a ON a.org_id = x.org_id
    WHERE x.ord <> ALL (v_done)
    ON CONFLICT DO NOTHING;
    EXIT WHEN NOT FOUND;
  END LOOP;

  -- 4. What was not claimed had been settled before, or has no account.
  IF cardinality(v_done) < cardinality(p_org) THEN
    RETURN QUERY
      SELECT x.ord, CASE WHEN i.settled_at IS NULL THEN 'no_account' WHEN i.cost_micro_usd = x.cost THEN 'duplicate' ELSE 'conflict' END,
             i.credits, i.cost_micro_usd
      FROM unnest(p_org, p_channel, p_ref, p_cost) WITH ORDINALITY AS x (org_id, channel, ref, cost, ord)
      LEFT JOIN interaction AS i ON i.org_id = x.org_id AND i.channel = x.channel AND i.provider_ref = x.ref
      WHERE x.ord <> ALL (v_done);
  END IF;
END $$;

-- The mode is fixed when an interaction starts, and it settles once. A list of columns costs an update nothing; comparing
-- four old values with four new ones did.
DROP TRIGGER interaction_fixed_once_settled ON interaction;
CREATE TRIGGER interaction_mode_fixed BEFORE UPDATE OF mode, level, reason, billable ON interaction
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER interaction_settles_once BEFORE UPDATE ON interaction
  FOR EACH ROW WHEN (OLD.settled_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
