-- The ledger's verbs in the database: one draw, one way to credit, one settle. Callers hold the account locks.
-- Locks: none beyond the catalog. Undo: DROP FUNCTION for each function below.

-- Takes credits from open lots (monthly, gifted, purchased; earliest expiry; oldest) for many items at once.
-- What no lot covers becomes overdraft. p_first_lot, if given, is drawn before all others (expiry, claw-back).
-- Amounts in microcredits, spend in micro-pounds (counted for trials only). Items of 0 post nothing.
CREATE FUNCTION ledger_debit(
  p_kind entry_kind, p_org uuid[], p_cause text[], p_amount bigint[], p_spend bigint[], p_at timestamptz,
  p_rate text DEFAULT NULL, p_first_lot bigint DEFAULT NULL, p_actor text DEFAULT NULL, p_reason text DEFAULT NULL
) RETURNS void LANGUAGE plpgsql SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  woken record;
BEGIN
  FOR woken IN
    WITH item AS ( -- each item is an interval on its organisation's line of credits: (upto - amount, upto]
      SELECT i.org_id, i.ord, i.cause, i.amount, i.spend,
             (sum(i.amount) OVER (PARTITION BY i.org_id ORDER BY i.ord))::bigint AS upto
      FROM unnest(p_org, p_cause, p_amount, p_spend) WITH ORDINALITY AS i (org_id, cause, amount, spend, ord)
      WHERE i.amount > 0
    ), need AS (
      SELECT org_id, max(upto) AS total, sum(spend)::bigint AS spend FROM item GROUP BY org_id
    ), lot AS ( -- and so is each lot, in the order of the draw
      SELECT n.org_id, l.id, l.upto - l.remaining AS low, least(l.upto, n.total) AS high
      FROM need AS n CROSS JOIN LATERAL (
        SELECT id, remaining, (sum(remaining) OVER (
                 ORDER BY (id IS NOT DISTINCT FROM p_first_lot) DESC, kind, expires_at, id))::bigint AS upto
        FROM credit_lot WHERE org_id = n.org_id AND open
      ) AS l
      WHERE l.upto - l.remaining < n.total
    ), source AS ( -- overdraft is the last lot, without a bottom
      SELECT org_id, id, low, high FROM lot
      UNION ALL
      SELECT n.org_id, NULL, coalesce(max(l.high), 0), n.total
      FROM need AS n LEFT JOIN lot AS l ON l.org_id = n.org_id
      GROUP BY n.org_id, n.total HAVING coalesce(max(l.high), 0) < n.total
    ), line AS ( -- where two intervals overlap, a line is drawn
      SELECT i.org_id, i.cause, s.id AS lot_id,
             least(i.upto, s.high) - greatest(i.upto - i.amount, s.low) AS amount,
             least(i.upto, s.high) AS drawn,
             row_number() OVER (PARTITION BY i.org_id ORDER BY least(i.upto, s.high)) AS nth
      FROM item AS i JOIN source AS s ON s.org_id = i.org_id AND s.low < i.upto AND s.high > i.upto - i.amount
    ), posted AS (
      INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at, rate_version, actor, reason)
      SELECT l.org_id, a.entry_seq + l.nth, p_kind, -l.amount, a.balance - l.drawn, l.lot_id, l.cause, p_at, p_rate, p_actor, p_reason
      FROM line AS l JOIN credit_account AS a ON a.org_id = l.org_id
    ), drawn AS (
      UPDATE credit_lot AS c SET remaining = c.remaining - (l.high - l.low), open = c.remaining > l.high - l.low
      FROM lot AS l WHERE c.org_id = l.org_id AND c.id = l.id
    ), charged AS (
      UPDATE credit_account AS a
      SET balance = a.balance - t.total, entry_seq = a.entry_seq + t.lines, overdraft = a.overdraft + t.overdrawn,
          trial_spent_micro_gbp = a.trial_spent_micro_gbp + CASE a.state WHEN 'trial' THEN n.spend ELSE 0 END
      FROM (SELECT org_id, count(*) AS lines, max(drawn) AS total,
                   coalesce(sum(amount) FILTER (WHERE lot_id IS NULL), 0)::bigint AS overdrawn
            FROM line GROUP BY org_id) AS t JOIN need AS n ON n.org_id = t.org_id
      WHERE a.org_id = t.org_id
      RETURNING a.org_id,
        a.balance <= a.wake_at AND a.balance + t.total > a.wake_at
        OR a.state = 'trial' AND a.trial_spent_micro_gbp >= a.trial_wake_at
           AND a.trial_spent_micro_gbp - n.spend < a.trial_wake_at AS crossed
    )
    SELECT org_id FROM charged WHERE crossed
  LOOP
    PERFORM graphile_worker.add_job('watch-balance', json_build_object('orgId', woken.org_id),
                                    job_key => 'watch-balance:' || woken.org_id);
  END LOOP;
END $$;

-- Gives credits back or anew, for one organisation: the overdraft is settled first, out of the first amounts; the rest
-- fills the lots they name. p_lot and p_amount are parallel, each lot once.
CREATE FUNCTION ledger_credit(
  p_kind entry_kind, p_org uuid, p_cause text, p_lot bigint[], p_amount bigint[], p_at timestamptz, p_actor text, p_reason text
) RETURNS void LANGUAGE sql AS $$
  WITH item AS (
    SELECT lot_id, amount, (sum(amount) OVER (ORDER BY ord))::bigint AS upto
    FROM unnest(p_lot, p_amount) WITH ORDINALITY AS i (lot_id, amount, ord)
  ), before AS (
    SELECT a.entry_seq, a.balance, t.total, least(a.overdraft, t.total) AS settles
    FROM credit_account AS a CROSS JOIN (SELECT max(upto) AS total FROM item) AS t WHERE a.org_id = p_org
  ), line AS (
    SELECT NULL::bigint AS lot_id, settles AS amount, settles AS upto FROM before WHERE settles > 0
    UNION ALL
    SELECT i.lot_id, least(i.amount, i.upto - b.settles), i.upto FROM item AS i CROSS JOIN before AS b WHERE i.upto > b.settles
  ), posted AS (
    INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at, actor, reason)
    SELECT p_org, b.entry_seq + row_number() OVER (ORDER BY l.upto), p_kind, l.amount, b.balance + l.upto,
           l.lot_id, p_cause, p_at, p_actor, p_reason
    FROM line AS l CROSS JOIN before AS b
  ), filled AS (
    UPDATE credit_lot AS c SET remaining = c.remaining + l.amount, open = true
    FROM line AS l WHERE c.org_id = p_org AND c.id = l.lot_id
  )
  UPDATE credit_account AS a
  SET balance = a.balance + b.total, overdraft = a.overdraft - b.settles,
      entry_seq = a.entry_seq + (SELECT count(*) FROM line)
  FROM before AS b WHERE a.org_id = p_org;
$$;

-- Opens a lot, named by the next entry's sequence, and credits it. The source key opens one lot, for ever.
CREATE FUNCTION ledger_grant(
  p_org uuid, p_kind lot_kind, p_amount bigint, p_source_key text, p_effective_at timestamptz, p_expires_at timestamptz,
  p_at timestamptz, p_actor text, p_reason text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_lot bigint;
BEGIN
  INSERT INTO credit_lot (org_id, id, kind, granted, remaining, open, effective_at, expires_at, source_key)
  SELECT p_org, entry_seq + 1, p_kind, p_amount, 0, false, p_effective_at, coalesce(p_expires_at, 'infinity'), p_source_key
  FROM credit_account WHERE org_id = p_org
  RETURNING id INTO STRICT v_lot;
  PERFORM ledger_credit('grant', p_org, p_source_key, ARRAY[v_lot], ARRAY[p_amount], p_at, p_actor, p_reason);
  UPDATE credit_account SET grant_peak = balance WHERE org_id = p_org;
  RETURN v_lot;
END $$;

-- Settles interactions, each once: claims the stored start (or stores one that was missed), counts the day, draws.
-- Arrays are parallel; a key stands in a call once. Outcomes: settled, duplicate, conflict (another cost), no_account.
CREATE FUNCTION ledger_settle(
  p_org uuid[], p_channel channel[], p_ref text[], p_cost bigint[], p_credits bigint[], p_spend bigint[], p_counted boolean[],
  p_mode interaction_mode[], p_level smallint[], p_reason text[], p_billable boolean[], p_fallback boolean[],
  p_fail_open boolean[], p_started_at timestamptz[], p_rate text, p_at timestamptz, p_day date
) RETURNS TABLE (ord bigint, outcome text, credits bigint, cost_micro_usd bigint)
LANGUAGE plpgsql SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  v_ord bigint[]; v_org uuid[]; v_cause text[]; v_credits bigint[]; v_spend bigint[];
  v_channel channel[]; v_full boolean[]; v_counted boolean[];
BEGIN
  -- 1. Accounts first, in order. Every later statement then sees what the lock waited for.
  PERFORM FROM credit_account WHERE org_id = ANY (p_org) ORDER BY org_id FOR NO KEY UPDATE;

  -- 2. Claim the stored starts.
  WITH claimed AS (
    UPDATE interaction AS i
    SET settled_at = p_at, cost_micro_usd = x.cost, credits = CASE WHEN i.billable THEN x.credits ELSE 0 END, rate_version = p_rate
    FROM unnest(p_org, p_channel, p_ref, p_cost, p_credits, p_spend, p_counted) WITH ORDINALITY
         AS x (org_id, channel, ref, cost, credits, spend, counted, ord)
    WHERE i.org_id = x.org_id AND i.channel = x.channel AND i.provider_ref = x.ref AND i.settled_at IS NULL
    RETURNING x.ord, x.org_id, x.channel, x.ref, i.credits, x.spend, x.counted AND (i.billable OR i.mode = 'degraded') AS counted,
              i.mode = 'full' AS is_full
  )
  SELECT array_agg(ord), array_agg(org_id), array_agg('interaction:' || channel || ':' || ref), array_agg(credits),
         array_agg(spend), array_agg(channel), array_agg(is_full), array_agg(counted)
  INTO v_ord, v_org, v_cause, v_credits, v_spend, v_channel, v_full, v_counted FROM claimed;

  -- 3. A report whose start was never stored (the check failed open) is stored now, already settled.
  IF coalesce(cardinality(v_ord), 0) < cardinality(p_org) THEN
    WITH item AS (
      SELECT x.* FROM unnest(p_org, p_channel, p_ref, p_cost, p_credits, p_spend, p_counted, p_mode, p_level, p_reason,
                             p_billable, p_fallback, p_fail_open, p_started_at) WITH ORDINALITY
        AS x (org_id, channel, ref, cost, credits, spend, counted, mode, level, reason, billable, fallback, fail_open, started_at, ord)
      JOIN credit_account AS a ON a.org_id = x.org_id
      WHERE x.ord <> ALL (coalesce(v_ord, '{}'))
    ), stored AS (
      INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable, is_fallback, fail_open,
                               started_at, settled_at, cost_micro_usd, credits, rate_version)
      SELECT org_id, channel, ref, mode, level, reason, billable, fallback, fail_open,
             started_at, p_at, cost, CASE WHEN billable THEN credits ELSE 0 END, p_rate FROM item
      ON CONFLICT DO NOTHING
      RETURNING org_id, channel, provider_ref, credits
    )
    SELECT v_ord || array_agg(x.ord), v_org || array_agg(x.org_id), v_cause || array_agg('interaction:' || x.channel || ':' || x.ref),
           v_credits || array_agg(s.credits), v_spend || array_agg(x.spend), v_channel || array_agg(x.channel),
           v_full || array_agg(x.mode = 'full'), v_counted || array_agg(x.counted AND (x.billable OR x.mode = 'degraded'))
    INTO v_ord, v_org, v_cause, v_credits, v_spend, v_channel, v_full, v_counted
    FROM stored AS s JOIN item AS x ON x.org_id = s.org_id AND x.channel = s.channel AND x.ref = s.provider_ref;
  END IF;

  -- 4. Count the day, then draw.
  INSERT INTO usage_daily AS u (org_id, day, channel, interactions, degraded, credits)
  SELECT org_id, p_day, channel, count(*) FILTER (WHERE counted AND is_full), count(*) FILTER (WHERE counted AND NOT is_full), sum(credits)
  FROM unnest(v_org, v_channel, v_full, v_counted, v_credits) AS c (org_id, channel, is_full, counted, credits)
  GROUP BY org_id, channel
  ON CONFLICT (org_id, day, channel) DO UPDATE
    SET interactions = u.interactions + excluded.interactions, degraded = u.degraded + excluded.degraded, credits = u.credits + excluded.credits;
  PERFORM ledger_debit('usage', v_org, v_cause, v_credits, v_spend, p_at, p_rate);

  -- 5. What was not claimed had been settled before, or has no account.
  RETURN QUERY
    SELECT c.ord, 'settled', c.credits, p_cost[c.ord] FROM unnest(v_ord, v_credits) AS c (ord, credits);
  IF coalesce(cardinality(v_ord), 0) < cardinality(p_org) THEN
    RETURN QUERY
      SELECT x.ord, CASE WHEN i.settled_at IS NULL THEN 'no_account' WHEN i.cost_micro_usd = x.cost THEN 'duplicate' ELSE 'conflict' END,
             i.credits, i.cost_micro_usd
      FROM unnest(p_org, p_channel, p_ref, p_cost) WITH ORDINALITY AS x (org_id, channel, ref, cost, ord)
      LEFT JOIN interaction AS i ON i.org_id = x.org_id AND i.channel = x.channel AND i.provider_ref = x.ref
      WHERE x.ord <> ALL (coalesce(v_ord, '{}'));
  END IF;
END $$;
