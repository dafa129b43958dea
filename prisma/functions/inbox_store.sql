-- Stores what several senders wrote on one channel, as it was decided from what had been read of
-- them. A sender (`run`) of whom something has changed since then, or is locked at this moment, is
-- left out: no row comes back. For the others, the messages that were new.
--
-- p_batch: arrays of objects that name their run. What follows from a message names the message,
-- and is left out where that was stored before.
CREATE OR REPLACE FUNCTION inbox_store(p_org uuid, p_channel channel, p_batch jsonb)
RETURNS TABLE (run integer, stored uuid[])
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_runs CONSTANT integer[] := inbox_hold(p_org, p_channel, p_batch);
  v_new uuid[];
BEGIN
  IF v_runs IS NULL THEN RETURN; END IF;

  -- 1. What messages change in conversations and contacts. The time of the last one never goes
  -- back, and attention never gets less.
  UPDATE conversation SET identity = given.identity, identity_at = given."identityAt",
    window_ends_at = given."windowEndsAt",
    last_message_at = greatest(last_message_at, given."lastMessageAt"),
    needs_attention = needs_attention OR given.attention IS NOT NULL,
    attention_reason = coalesce(given.attention, attention_reason)
  FROM jsonb_to_recordset(p_batch -> 'conversations')
    AS given (run integer, id uuid, version text, identity text, "identityAt" timestamptz,
              "windowEndsAt" timestamptz, "lastMessageAt" timestamptz, attention text)
  JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run
  WHERE conversation.org_id = p_org AND conversation.id = given.id AND given.version IS NOT NULL;
  UPDATE contact SET wa_id = coalesce(given."waId", wa_id),
    bsuid = coalesce(given.bsuid, contact.bsuid), phone = coalesce(given.phone, contact.phone),
    name = coalesce(given.name, contact.name),
    username = coalesce(given.username, contact.username)
  FROM jsonb_to_recordset(p_batch -> 'known')
    AS given (run integer, id uuid, changed boolean, "waId" text, bsuid text, phone text,
              name text, username text)
  JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run
  WHERE contact.org_id = p_org AND contact.id = given.id AND given.changed;
  IF jsonb_array_length(p_batch -> 'consents') > 0 THEN
    INSERT INTO consent_record (org_id, contact_id, id, kind, source, at)
    SELECT p_org, given."contactId", given.id, given.kind, given.source, given.at
    FROM jsonb_to_recordset(p_batch -> 'consents')
      AS given (run integer, "contactId" uuid, id uuid, kind text, source text, at timestamptz)
    JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run;
    UPDATE contact SET opted_out_at = (
      SELECT CASE WHEN kind = 'opt_out' THEN at END FROM consent_record AS said
      WHERE said.org_id = p_org AND said.contact_id = contact.id ORDER BY at DESC, id DESC LIMIT 1)
    FROM jsonb_to_recordset(p_batch -> 'consents') AS given (run integer, "contactId" uuid)
    JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run
    WHERE contact.org_id = p_org AND contact.id = given."contactId";
  END IF;

  -- 2. The messages themselves, each once.
  WITH inserted AS (
    INSERT INTO message (org_id, channel, direction, author, conversation_id, received_at, id,
                         provider_id, identity, type, body, parts, refers_to, edited_at,
                         revoked_at, handling, degraded, degradation_reason, at)
    SELECT p_org, p_channel, 'inbound', 'customer', given."conversationId", given."receivedAt",
           given.id, given."providerId", given.identity, given.type, given.body,
           nullif(given.parts, 'null'), given."refersTo", given."editedAt", given."revokedAt",
           given.handling, given.reason IS NOT NULL, given.reason, given.at
    FROM jsonb_to_recordset(p_batch -> 'messages')
      AS given (run integer, "conversationId" uuid, "receivedAt" timestamptz, id uuid,
                "providerId" text, identity text, type text, body text, parts jsonb,
                "refersTo" text, "editedAt" timestamptz, "revokedAt" timestamptz, handling text,
                reason text, at timestamptz)
    JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run
    ON CONFLICT (org_id, channel, provider_id) DO NOTHING RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_new FROM inserted;
  IF jsonb_array_length(p_batch -> 'amendments') > 0 THEN
    UPDATE message SET
      body = CASE WHEN given."editedAt" >= coalesce(edited_at, given."editedAt") THEN given.body
                  ELSE message.body END,
      edited_at = greatest(edited_at, given."editedAt"),
      revoked_at = greatest(revoked_at, given."revokedAt")
    FROM jsonb_to_recordset(p_batch -> 'amendments')
      AS given (run integer, "conversationId" uuid, "providerId" text, body text,
                "editedAt" timestamptz, "revokedAt" timestamptz)
    JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run
    WHERE org_id = p_org AND channel = p_channel AND provider_id = given."providerId"
      AND conversation_id = given."conversationId" AND author = 'customer';
  END IF;

  -- 3. What follows from those that are new: starts, canned words, jobs.
  IF NOT interactions_begin(p_org, p_channel, (
    SELECT jsonb_agg(given.start)
    FROM jsonb_to_recordset(p_batch -> 'starts') AS given (message uuid, start jsonb)
    JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message))
  THEN
    RAISE EXCEPTION 'organisation % has no credit account', p_org;
  END IF;
  INSERT INTO message (org_id, channel, direction, author, type, status, id, conversation_id, body,
                       source_key, at, received_at)
  SELECT p_org, p_channel, 'outbound', 'canned', 'text', 'queued', given.id,
         given."conversationId", given.body, 'canned:' || given.message, given.at, given.at
  FROM jsonb_to_recordset(p_batch -> 'canned')
    AS given (message uuid, id uuid, "conversationId" uuid, body text, at timestamptz)
  JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message;
  PERFORM graphile_worker.add_jobs(wanted.specs)
  FROM (
    SELECT array_agg((given.name, given.payload, given.queue, NULL, given.attempts, given.key,
                      NULL, NULL)::graphile_worker.job_spec ORDER BY given.key) AS specs
    FROM jsonb_to_recordset(p_batch -> 'jobs')
      AS given (message uuid, name text, payload json, queue text, attempts integer, key text)
    JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message
  ) AS wanted WHERE wanted.specs IS NOT NULL;
  PERFORM garage_note_holders(p_org, p_batch -> 'holders');

  RETURN QUERY
    SELECT stands.run, array_remove(array_agg(fresh.id), NULL)
    FROM unnest(v_runs) AS stands (run)
    JOIN jsonb_to_recordset(p_batch -> 'messages') AS given (run integer, id uuid)
      ON given.run = stands.run
    LEFT JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.id
    GROUP BY stands.run;
END $$;
