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
