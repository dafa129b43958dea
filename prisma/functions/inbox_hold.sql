-- Holds the senders (`run`) of a batch for `inbox_store`: contacts first, then conversations, each
-- in the order of their ids; new ones are made. Answers with the runs whose contact and
-- conversation are as they were read. Nobody's lock is waited for, so that one conversation which
-- is being written holds no other sender up.
CREATE OR REPLACE FUNCTION inbox_hold(p_org uuid, p_channel channel, p_batch jsonb)
RETURNS integer[]
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_runs integer[];
BEGIN
  -- 1. Contacts: those that stand as they were read, and those made here.
  WITH known AS (
    SELECT given.run
    FROM jsonb_to_recordset(p_batch -> 'known') AS given (run integer, id uuid, version text)
    JOIN contact ON contact.org_id = p_org AND contact.id = given.id
    WHERE contact.xmin::text = given.version
    ORDER BY contact.id FOR UPDATE OF contact SKIP LOCKED
  ), made AS (
    INSERT INTO contact (org_id, channel, id, external_id, wa_id, bsuid, phone, name, username,
                         created_at)
    SELECT p_org, p_channel, given.id, given."externalId", given."waId", given.bsuid, given.phone,
           given.name, given.username, given.at
    FROM jsonb_to_recordset(p_batch -> 'unknown')
      AS given (id uuid, "externalId" text, "waId" text, bsuid text, phone text, name text,
                username text, at timestamptz)
    ORDER BY given."externalId"
    ON CONFLICT DO NOTHING RETURNING id
  )
  SELECT array_agg(stands.run) INTO v_runs FROM (
    SELECT run FROM known
    UNION ALL
    SELECT given.run FROM made
    JOIN jsonb_to_recordset(p_batch -> 'unknown') AS given (run integer, id uuid)
      ON given.id = made.id
  ) AS stands;

  -- 2. Their conversations, in the same way. A new one begins as it is to stand.
  WITH given AS (
    SELECT given.* FROM jsonb_to_recordset(p_batch -> 'conversations')
      AS given (run integer, id uuid, "contactId" uuid, version text, identity text,
                "identityAt" timestamptz, "windowEndsAt" timestamptz, "lastMessageAt" timestamptz,
                attention text, "inboundAt" timestamptz, "degradedReason" text, at timestamptz)
    JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run
  ), held AS (
    SELECT conversation.id FROM given
    JOIN conversation ON conversation.org_id = p_org AND conversation.id = given.id
    WHERE conversation.xmin::text = given.version
    ORDER BY conversation.id FOR UPDATE OF conversation SKIP LOCKED
  ), begun AS (
    INSERT INTO conversation (org_id, channel, id, contact_id, identity, identity_at,
                              window_ends_at, last_message_at, needs_attention, attention_reason,
                              last_inbound_at, degraded_reason, created_at)
    SELECT p_org, p_channel, given.id, given."contactId", given.identity, given."identityAt",
           given."windowEndsAt", given."lastMessageAt", given.attention IS NOT NULL,
           given.attention, given."inboundAt", given."degradedReason", given.at
    FROM given WHERE given.version IS NULL ORDER BY given."contactId"
    ON CONFLICT DO NOTHING RETURNING id
  )
  SELECT array_agg(given.run) INTO v_runs
  FROM (SELECT id FROM held UNION ALL SELECT id FROM begun) AS stands
  JOIN given ON given.id = stands.id;
  RETURN v_runs;
END $$;
