-- An interaction that settles alone is claimed by plain statements: the start-up of the claim by arrays was most of what it took.
-- Locks: none beyond the catalog. Undo: the ledger_settle of 20261125213900 with the lock_timeout of 20261125231500.

-- Settles interactions of many organisations, each once: claims the stored start (or stores one
-- that was missed), counts the day, draws the credits.
--
-- The arrays are parallel; an interaction stands in a call once. Cost is micro-dollars, credits are
-- microcredits, spend is micro-pounds; p_mode to p_started_at are used where no start was stored.
-- Outcomes: settled, duplicate, conflict (settled before at another cost), no_account.
-- Each comes with the start that is stored, from mode to started_at; no_account with none.
-- A demo organisation's interactions settle at 0 and are not counted, whatever their start says: a
-- check that failed open did not know whose they were.
-- An interaction that comes alone has a claim of its own, in plain statements: a claim by arrays
-- takes three times as long to start.
-- Generic plans: arrays of one look cheap to plan for, and would be planned anew in every call.
CREATE OR REPLACE FUNCTION ledger_settle(
  p_org uuid[], p_channel channel[], p_ref text[], p_cost bigint[], p_credits bigint[],
  p_spend bigint[], p_counted boolean[], p_mode interaction_mode[], p_level smallint[],
  p_reason text[], p_billable boolean[], p_fallback boolean[], p_fail_open boolean[],
  p_started_at timestamptz[], p_rate text, p_at timestamptz, p_day date
) RETURNS TABLE (
  ord bigint, outcome text, credits bigint, cost_micro_usd bigint, mode interaction_mode,
  level smallint, reason text, billable boolean, is_fallback boolean, fail_open boolean,
  started_at timestamptz
)
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
SET lock_timeout = '1s' AS $$
#variable_conflict use_column
DECLARE
  v_demo uuid[];
  v_done bigint[] := '{}';
  v_ord bigint[];
  v_org uuid[];
  v_cause text[];
  v_credits bigint[];
  v_spend bigint[];
  v_stored interaction[];
  v_cost bigint := p_cost[1];
BEGIN
  -- 1. Lock the accounts, in order, and look which are demos. Every later statement sees what the
  -- lock waited for.
  SELECT coalesce(array_agg(org_id) FILTER (WHERE state = 'demo'), '{}')
  INTO v_demo
  FROM (
    SELECT org_id, state FROM credit_account
    WHERE org_id = ANY (p_org) ORDER BY org_id FOR NO KEY UPDATE
  ) AS locked;

  -- 2. Claim an interaction that comes alone, as step 3 does for many.
  IF cardinality(p_org) = 1 THEN
    UPDATE interaction AS stored
    SET settled_at = p_at, cost_micro_usd = v_cost,
        credits = CASE WHEN stored.billable AND v_demo = '{}' THEN p_credits[1] ELSE 0 END,
        rate_version = p_rate
    WHERE stored.org_id = p_org[1] AND stored.channel = p_channel[1]
      AND stored.provider_ref = p_ref[1] AND stored.settled_at IS NULL
    RETURNING 1, 'settled', stored.credits, stored.cost_micro_usd, stored.mode, stored.level,
              stored.reason, stored.billable, stored.is_fallback, stored.fail_open,
              stored.started_at
    INTO ord, outcome, credits, cost_micro_usd, mode, level, reason, billable, is_fallback,
         fail_open, started_at;
    IF FOUND THEN
      INSERT INTO usage_daily AS daily (org_id, day, channel, interactions, degraded, credits)
      VALUES (p_org[1], p_day, p_channel[1],
              (p_counted[1] AND mode = 'full' AND billable AND v_demo = '{}')::int,
              (p_counted[1] AND mode = 'degraded')::int, credits)
      ON CONFLICT (org_id, day, channel) DO UPDATE
        SET interactions = daily.interactions + excluded.interactions,
            degraded = daily.degraded + excluded.degraded,
            credits = daily.credits + excluded.credits;
      PERFORM ledger_debit(
        p_kind => 'usage', p_org => p_org, p_amount => ARRAY[credits], p_spend => p_spend,
        p_cause => ARRAY['interaction:' || p_channel[1] || ':' || p_ref[1]], p_at => p_at,
        p_rate => p_rate);
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  FOR pass IN 1 .. 2 LOOP
    -- 3. Claim the stored starts that are not settled yet, and count them on the day's rollup.
    WITH claimed AS (
      UPDATE interaction AS stored
      SET settled_at = p_at, cost_micro_usd = report.cost,
          credits = CASE WHEN stored.billable AND stored.org_id <> ALL (v_demo)
                         THEN report.credits ELSE 0 END,
          rate_version = p_rate
      FROM unnest(p_org, p_channel, p_ref, p_cost, p_credits, p_spend, p_counted) WITH ORDINALITY
           AS report (org_id, channel, ref, cost, credits, spend, counted, ord)
      WHERE stored.org_id = report.org_id AND stored.channel = report.channel
        AND stored.provider_ref = report.ref AND stored.settled_at IS NULL
      RETURNING report.ord, report.org_id, report.channel, report.ref, stored.credits, report.spend,
                report.counted AND (stored.mode = 'degraded'
                  OR stored.billable AND stored.org_id <> ALL (v_demo)) AS counted, stored.mode,
                stored
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
           array_agg(credits), array_agg(spend), array_agg(stored)
    INTO v_ord, v_org, v_cause, v_credits, v_spend, v_stored
    FROM claimed;

    -- 4. Draw their credits.
    PERFORM ledger_debit(
      p_kind => 'usage', p_org => v_org, p_cause => v_cause, p_amount => v_credits,
      p_spend => v_spend, p_at => p_at, p_rate => p_rate);
    v_done := v_done || v_ord;
    RETURN QUERY
      SELECT v_ord[claim.ordinality], 'settled', claim.credits, claim.cost_micro_usd, claim.mode,
             claim.level, claim.reason, claim.billable, claim.is_fallback, claim.fail_open,
             claim.started_at
      FROM unnest(v_stored) WITH ORDINALITY AS claim;
    EXIT WHEN pass = 2 OR cardinality(v_done) = cardinality(p_org);

    -- 5. A report whose start was never stored, because the check failed open: store the start
    -- now, and claim it like the others.
    INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable,
                             is_fallback, fail_open, started_at)
    SELECT missed.org_id, missed.channel, missed.ref, missed.mode, missed.level, missed.reason,
           missed.billable AND account.state <> 'demo', missed.fallback, missed.fail_open,
           missed.started_at
    FROM unnest(p_org, p_channel, p_ref, p_mode, p_level, p_reason, p_billable, p_fallback,
                p_fail_open, p_started_at) WITH ORDINALITY
         AS missed (org_id, channel, ref, mode, level, reason, billable, fallback, fail_open,
                    started_at, ord)
    JOIN credit_account AS account ON account.org_id = missed.org_id
    WHERE missed.ord <> ALL (v_done)
    ON CONFLICT DO NOTHING;
    EXIT WHEN NOT FOUND;
  END LOOP;

  -- 6. What was not claimed had been settled before, or has no account.
  IF cardinality(v_done) < cardinality(p_org) THEN
    RETURN QUERY
      SELECT report.ord,
             CASE WHEN stored.settled_at IS NULL THEN 'no_account'
                  WHEN stored.cost_micro_usd = report.cost THEN 'duplicate' ELSE 'conflict' END,
             stored.credits, stored.cost_micro_usd, stored.mode, stored.level, stored.reason,
             stored.billable, stored.is_fallback, stored.fail_open, stored.started_at
      FROM unnest(p_org, p_channel, p_ref, p_cost) WITH ORDINALITY
           AS report (org_id, channel, ref, cost, ord)
      LEFT JOIN interaction AS stored ON stored.org_id = report.org_id
        AND stored.channel = report.channel AND stored.provider_ref = report.ref
      WHERE report.ord <> ALL (v_done);
  END IF;
END $$;
