-- Storing a message calls the functions of what it changes only where it changes something: a text of a known customer took 15 to 19%
-- longer since each rule stands in a function of its own, and takes 11 to 12% longer so.
-- Locks: none beyond the catalog. Undo: the inbox_store of the migration before that has one.

-- Stores what several senders wrote on one channel, as it was decided from what had been read of
-- them. A sender (`run`) of whom something has changed since then, or is locked at this moment, is
-- left out: no row comes back. For the others, the messages that were new.
--
-- p_batch: arrays of objects that name their run. What follows from a message names the message
-- instead, and is left out where that was stored before.
CREATE OR REPLACE FUNCTION inbox_store(p_org uuid, p_channel channel, p_batch jsonb)
RETURNS TABLE (run integer, stored uuid[])
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_runs CONSTANT integer[] := inbox_hold(p_org, p_channel, p_batch);
  v_batch jsonb := p_batch;
  v_changed jsonb;
  v_new uuid[];
  v_without_account boolean;
BEGIN
  IF v_runs IS NULL THEN RETURN; END IF;

  -- 1. Take those out of the batch who are not held: each sender has one conversation in it.
  IF cardinality(v_runs) < jsonb_array_length(p_batch -> 'conversations') THEN
    SELECT jsonb_object_agg(part.name, (
      SELECT coalesce(jsonb_agg(item), '[]') FROM jsonb_array_elements(part.items) AS item
      WHERE item -> 'run' IS NULL OR (item ->> 'run')::integer = ANY (v_runs)))
    INTO v_batch FROM jsonb_each(p_batch) AS part (name, items);
  END IF;

  -- 2. What messages change in conversations and contacts. What was made here stands already.
  -- Most messages change no contact: what is not there starts no statement.
  v_changed := jsonb_path_query_array(v_batch, '$.conversations[*] ? (@.version != null)');
  IF jsonb_array_length(v_changed) > 0 THEN
    PERFORM inbox_move_conversations(p_org, v_changed);
  END IF;
  v_changed := jsonb_path_query_array(v_batch, '$.known[*] ? (@.changed == true)');
  IF jsonb_array_length(v_changed) > 0 THEN
    PERFORM inbox_complete_contacts(p_org, v_changed);
  END IF;
  IF jsonb_array_length(v_batch -> 'consents') > 0 THEN
    PERFORM inbox_record_consents(p_org, v_batch -> 'consents');
  END IF;

  -- 3. The messages themselves, and what they say of others.
  v_new := inbox_keep_messages(p_org, p_channel, v_batch -> 'messages');
  IF jsonb_array_length(v_batch -> 'amendments') > 0 THEN
    PERFORM inbox_amend_messages(p_org, p_channel, 'customer', v_batch -> 'amendments');
  END IF;

  -- 4. Interactions of those that are new. No row comes back where there is no account.
  SELECT bool_or(started.ord IS NULL) INTO v_without_account
  FROM (
    SELECT array_agg(p_org) AS org, array_agg(p_channel) AS channel,
           array_agg(start."providerRef") AS ref, array_agg(start.mode) AS mode,
           array_agg(start.level) AS level, array_agg(start.reason) AS reason,
           array_agg(start.billable) AS billable, array_agg(start."isFallback") AS fallback,
           array_agg(start."failOpen") AS fail_open, array_agg(start."startedAt") AS started_at
    FROM jsonb_to_recordset(v_batch -> 'starts') AS given (message uuid, start jsonb)
    JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message
    CROSS JOIN jsonb_to_record(given.start)
      AS start ("providerRef" text, mode interaction_mode, level smallint, reason text,
                billable boolean, "isFallback" boolean, "failOpen" boolean, "startedAt" timestamptz)
  ) AS given
  LEFT JOIN interaction_start(
    given.org, given.channel, given.ref, given.mode, given.level, given.reason, given.billable,
    given.fallback, given.fail_open, given.started_at) AS started ON true
  WHERE given.ref IS NOT NULL;
  IF v_without_account THEN
    RAISE EXCEPTION 'organisation % has no credit account', p_org;
  END IF;

  -- 5. Their canned words and jobs.
  IF jsonb_array_length(v_batch -> 'canned') > 0 THEN
    PERFORM inbox_keep_outbound(p_org, p_channel, (
      SELECT coalesce(jsonb_agg(given.item), '[]')
      FROM jsonb_array_elements(v_batch -> 'canned') AS given (item)
      WHERE (given.item ->> 'message')::uuid = ANY (v_new)));
  END IF;
  PERFORM graphile_worker.add_jobs(wanted.specs)
  FROM (
    SELECT array_agg((given.name, given.payload, given.queue, NULL, given.attempts, given.key,
                      NULL, NULL)::graphile_worker.job_spec ORDER BY given.key) AS specs
    FROM jsonb_to_recordset(v_batch -> 'jobs')
      AS given (message uuid, name text, payload json, queue text, attempts integer, key text)
    JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message
  ) AS wanted WHERE wanted.specs IS NOT NULL;

  -- 6. With which user ids numbers were seen.
  IF jsonb_array_length(v_batch -> 'holders') > 0 THEN
    PERFORM garage_note_holders(p_org, v_batch -> 'holders');
  END IF;

  RETURN QUERY
    SELECT stands.run, array_remove(array_agg(fresh.id), NULL)
    FROM unnest(v_runs) AS stands (run)
    JOIN jsonb_to_recordset(v_batch -> 'messages') AS given (run integer, id uuid)
      ON given.run = stands.run
    LEFT JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.id
    GROUP BY stands.run;
END $$;
