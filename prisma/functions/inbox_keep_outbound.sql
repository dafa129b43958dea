-- Stores messages of ours, each once for its source key, and answers with the ids of those that
-- were new. On the diagnostics channel nothing is sent: mechanics read it in the application.
--
-- p_messages: [{ conversationId, id, author, type, body, parts, sourceKey, staffUserId, refersTo,
--                at }]
CREATE OR REPLACE FUNCTION inbox_keep_outbound(p_org uuid, p_channel channel, p_messages jsonb)
RETURNS uuid[]
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_new uuid[];
BEGIN
  WITH inserted AS (
    INSERT INTO message (org_id, channel, direction, status, conversation_id, id, author, type,
                         body, parts, source_key, staff_user_id, refers_to, at, received_at)
    SELECT p_org, p_channel, 'outbound',
           CASE WHEN p_channel = 'diagnostics' THEN 'delivered'::delivery_status
                ELSE 'queued'::delivery_status END,
           given."conversationId", given.id, given.author, given.type, given.body,
           nullif(given.parts, 'null'), given."sourceKey", given."staffUserId", given."refersTo",
           given.at, given.at
    FROM jsonb_to_recordset(p_messages)
      AS given ("conversationId" uuid, id uuid, author message_author, type text, body text,
                parts jsonb, "sourceKey" text, "staffUserId" uuid, "refersTo" text, at timestamptz)
    ON CONFLICT (org_id, source_key) DO NOTHING RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_new FROM inserted;
  RETURN v_new;
END $$;
