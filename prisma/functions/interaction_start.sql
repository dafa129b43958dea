-- Stores how interactions start, each once: a repeat gets the start that was stored first.
--
-- The arrays are parallel; an interaction stands in a call once. No row comes back for an
-- organisation without an account. Rows are stored in the order of their keys, so that two batches
-- which hold the same calls wait for each other and nothing more.
CREATE OR REPLACE FUNCTION interaction_start(
  p_org uuid[], p_channel channel[], p_ref text[], p_mode interaction_mode[], p_level smallint[],
  p_reason text[], p_billable boolean[], p_fallback boolean[], p_fail_open boolean[],
  p_started_at timestamptz[]
) RETURNS TABLE (
  ord bigint, is_new boolean, mode interaction_mode, level smallint, reason text, billable boolean,
  is_fallback boolean, fail_open boolean, started_at timestamptz, settled_at timestamptz
)
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_new jsonb;
BEGIN
  -- 1. Store those that are new.
  WITH stored AS (
    INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable,
                             is_fallback, fail_open, started_at)
    SELECT given.*
    FROM unnest(p_org, p_channel, p_ref, p_mode, p_level, p_reason, p_billable, p_fallback,
                p_fail_open, p_started_at)
         AS given (org_id, channel, ref, mode, level, reason, billable, fallback, fail_open,
                   started_at)
    JOIN credit_account AS account ON account.org_id = given.org_id
    ORDER BY given.org_id, given.channel, given.ref
    ON CONFLICT DO NOTHING
    RETURNING org_id || ':' || channel || ':' || provider_ref AS key
  )
  SELECT jsonb_object_agg(key, true) INTO v_new FROM stored;

  -- 2. Whatever is stored now is the answer. A new snapshot sees what the first waited for.
  RETURN QUERY
    SELECT given.ord,
           coalesce(v_new ? (given.org_id || ':' || given.channel || ':' || given.ref), false),
           stored.mode, stored.level, stored.reason, stored.billable, stored.is_fallback,
           stored.fail_open, stored.started_at, stored.settled_at
    FROM unnest(p_org, p_channel, p_ref) WITH ORDINALITY AS given (org_id, channel, ref, ord)
    JOIN interaction AS stored ON stored.org_id = given.org_id
      AND stored.channel = given.channel AND stored.provider_ref = given.ref;
END $$;
