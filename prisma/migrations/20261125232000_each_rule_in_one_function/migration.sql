-- What arriving messages change stood in inbox_store and again in the application's own statements; how an interaction starts
-- stood in interactions_begin and again in interaction_start. Each rule has one function now, which both sides call.
-- interactions_begin is dropped: until an application process of the version before is replaced, giving a conversation back to
-- the AI fails there where a message waits in it. Nothing of it is stored; the job or the member tries again. Messages are
-- taken in by either version.
-- Locks: none beyond the catalog. Undo: interactions_begin and inbox_store of 20261125220500, then
-- DROP FUNCTION inbox_amend_messages, inbox_complete_contacts, inbox_keep_messages, inbox_move_conversations, inbox_record_consents;

-- Authors changed or withdrew messages that are stored: what staff see follows, unless a later word
-- came before. Only the author's own messages of the conversation change.
--
-- p_changes: [{ conversationId, providerId, body, editedAt, revokedAt }]
CREATE OR REPLACE FUNCTION inbox_amend_messages(
  p_org uuid, p_channel channel, p_author message_author, p_changes jsonb
) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE message SET
    body = CASE WHEN given."editedAt" >= coalesce(edited_at, given."editedAt") THEN given.body
                ELSE message.body END,
    edited_at = greatest(edited_at, given."editedAt"),
    revoked_at = greatest(revoked_at, given."revokedAt")
  FROM jsonb_to_recordset(p_changes)
    AS given ("conversationId" uuid, "providerId" text, body text, "editedAt" timestamptz,
              "revokedAt" timestamptz)
  WHERE org_id = p_org AND channel = p_channel AND provider_id = given."providerId"
    AND conversation_id = given."conversationId" AND author = p_author;
END $$;

-- Adds to contacts what their latest messages say of them. What is not said stays as it is.
--
-- p_contacts: [{ id, waId?, bsuid?, phone?, name?, username? }]
CREATE OR REPLACE FUNCTION inbox_complete_contacts(p_org uuid, p_contacts jsonb) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE contact SET wa_id = coalesce(given."waId", wa_id),
    bsuid = coalesce(given.bsuid, contact.bsuid), phone = coalesce(given.phone, contact.phone),
    name = coalesce(given.name, contact.name),
    username = coalesce(given.username, contact.username)
  FROM jsonb_to_recordset(p_contacts)
    AS given (id uuid, "waId" text, bsuid text, phone text, name text, username text)
  WHERE contact.org_id = p_org AND contact.id = given.id;
END $$;

-- Stores what customers and mechanics wrote, each message once for its provider's id, and answers
-- with the ids of those that were new.
--
-- p_messages: [{ conversationId, receivedAt, id, providerId, identity, type, body, parts, refersTo,
--                editedAt, revokedAt, handling, reason, at }]
CREATE OR REPLACE FUNCTION inbox_keep_messages(p_org uuid, p_channel channel, p_messages jsonb)
RETURNS uuid[]
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_new uuid[];
BEGIN
  WITH inserted AS (
    INSERT INTO message (org_id, channel, direction, author, conversation_id, received_at, id,
                         provider_id, identity, type, body, parts, refers_to, edited_at,
                         revoked_at, handling, degraded, degradation_reason, at)
    SELECT p_org, p_channel, 'inbound', 'customer', given."conversationId", given."receivedAt",
           given.id, given."providerId", given.identity, given.type, given.body,
           nullif(given.parts, 'null'), given."refersTo", given."editedAt", given."revokedAt",
           given.handling, given.reason IS NOT NULL, given.reason, given.at
    FROM jsonb_to_recordset(p_messages)
      AS given ("conversationId" uuid, "receivedAt" timestamptz, id uuid, "providerId" text,
                identity text, type text, body text, parts jsonb, "refersTo" text,
                "editedAt" timestamptz, "revokedAt" timestamptz, handling text, reason text,
                at timestamptz)
    ON CONFLICT (org_id, channel, provider_id) DO NOTHING RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_new FROM inserted;
  RETURN v_new;
END $$;

-- What arriving messages change in conversations. The time of the last one never goes back, and
-- attention never gets less.
--
-- p_changes: [{ id, identity, identityAt, windowEndsAt, lastMessageAt, attention }]
CREATE OR REPLACE FUNCTION inbox_move_conversations(p_org uuid, p_changes jsonb) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE conversation SET identity = given.identity, identity_at = given."identityAt",
    window_ends_at = given."windowEndsAt",
    last_message_at = greatest(last_message_at, given."lastMessageAt"),
    needs_attention = needs_attention OR given.attention IS NOT NULL,
    attention_reason = coalesce(given.attention, attention_reason)
  FROM jsonb_to_recordset(p_changes)
    AS given (id uuid, identity text, "identityAt" timestamptz, "windowEndsAt" timestamptz,
              "lastMessageAt" timestamptz, attention text)
  WHERE conversation.org_id = p_org AND conversation.id = given.id;
END $$;

-- Records changes of consent. Whether a contact has opted out follows from the latest one, whatever
-- came first.
--
-- p_changes: [{ contactId, id, kind, source, at }]
CREATE OR REPLACE FUNCTION inbox_record_consents(p_org uuid, p_changes jsonb) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO consent_record (org_id, contact_id, id, kind, source, at)
  SELECT p_org, given."contactId", given.id, given.kind, given.source, given.at
  FROM jsonb_to_recordset(p_changes)
    AS given ("contactId" uuid, id uuid, kind text, source text, at timestamptz);

  UPDATE contact SET opted_out_at = (
    SELECT CASE WHEN kind = 'opt_out' THEN at END FROM consent_record AS said
    WHERE said.org_id = p_org AND said.contact_id = contact.id ORDER BY at DESC, id DESC LIMIT 1)
  FROM jsonb_to_recordset(p_changes) AS given ("contactId" uuid)
  WHERE contact.org_id = p_org AND contact.id = given."contactId";
END $$;

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
  PERFORM inbox_move_conversations(p_org, jsonb_path_query_array(
    v_batch, '$.conversations[*] ? (@.version != null)'));
  PERFORM inbox_complete_contacts(p_org, jsonb_path_query_array(
    v_batch, '$.known[*] ? (@.changed == true)'));
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
  INSERT INTO message (org_id, channel, direction, author, type, status, id, conversation_id, body,
                       source_key, at, received_at)
  SELECT p_org, p_channel, 'outbound', 'canned', 'text', 'queued', given.id,
         given."conversationId", given.body, 'canned:' || given.message, given.at, given.at
  FROM jsonb_to_recordset(v_batch -> 'canned')
    AS given (message uuid, id uuid, "conversationId" uuid, body text, at timestamptz)
  JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message;
  PERFORM graphile_worker.add_jobs(wanted.specs)
  FROM (
    SELECT array_agg((given.name, given.payload, given.queue, NULL, given.attempts, given.key,
                      NULL, NULL)::graphile_worker.job_spec ORDER BY given.key) AS specs
    FROM jsonb_to_recordset(v_batch -> 'jobs')
      AS given (message uuid, name text, payload json, queue text, attempts integer, key text)
    JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message
  ) AS wanted WHERE wanted.specs IS NOT NULL;

  -- 6. With which user ids numbers were seen.
  PERFORM garage_note_holders(p_org, v_batch -> 'holders');

  RETURN QUERY
    SELECT stands.run, array_remove(array_agg(fresh.id), NULL)
    FROM unnest(v_runs) AS stands (run)
    JOIN jsonb_to_recordset(v_batch -> 'messages') AS given (run integer, id uuid)
      ON given.run = stands.run
    LEFT JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.id
    GROUP BY stands.run;
END $$;

DROP FUNCTION interactions_begin;
