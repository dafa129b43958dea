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
