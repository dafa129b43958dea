-- What arriving messages change in conversations. The time of the last one never goes back, and
-- attention never gets less. What a person should read (`inboundAt`) reopens what was done, and
-- ends a snooze, whose reminder is due then; the event that says so has the id `reopening`.
--
-- p_changes: [{ id, identity, identityAt, windowEndsAt, lastMessageAt, attention, inboundAt,
--               degradedReason, reopening }]
CREATE OR REPLACE FUNCTION inbox_move_conversations(p_org uuid, p_changes jsonb) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE conversation SET identity = given.identity, identity_at = given."identityAt",
    window_ends_at = given."windowEndsAt",
    last_message_at = greatest(last_message_at, given."lastMessageAt"),
    needs_attention = needs_attention OR given.attention IS NOT NULL
      OR (given."inboundAt" IS NOT NULL AND snoozed_until IS NOT NULL),
    attention_reason = coalesce(given.attention, attention_reason,
      CASE WHEN given."inboundAt" IS NOT NULL AND snoozed_until IS NOT NULL THEN 'snooze-over' END),
    done_at = CASE WHEN given."inboundAt" IS NULL THEN done_at END,
    snoozed_until = CASE WHEN given."inboundAt" IS NULL THEN snoozed_until END,
    last_inbound_at = greatest(last_inbound_at, given."inboundAt"),
    degraded_reason = coalesce(given."degradedReason", degraded_reason)
  FROM jsonb_to_recordset(p_changes)
    AS given (id uuid, identity text, "identityAt" timestamptz, "windowEndsAt" timestamptz,
              "lastMessageAt" timestamptz, attention text, "inboundAt" timestamptz,
              "degradedReason" text)
  WHERE conversation.org_id = p_org AND conversation.id = given.id;

  IF p_changes @? '$[*].reopening ? (@ != null)' THEN
    INSERT INTO conversation_event (org_id, id, conversation_id, kind, at)
    SELECT p_org, given.reopening, given.id, 'reopened', given."inboundAt"
    FROM jsonb_to_recordset(p_changes) AS given (id uuid, reopening uuid, "inboundAt" timestamptz)
    WHERE given.reopening IS NOT NULL;
  END IF;
END $$;
