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
