-- New messages, and those whose text has changed, wait here until their words are kept: that
-- takes longer than storing them. Canned words say nothing of a conversation.
CREATE OR REPLACE FUNCTION search_wanted() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_unindexed (org_id, message_id)
  SELECT org_id, id FROM fresh WHERE author <> 'canned' AND body <> ''
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
