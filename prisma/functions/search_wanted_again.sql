-- The text of a message has changed: see search_wanted.
CREATE OR REPLACE FUNCTION search_wanted_again() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_unindexed (org_id, message_id) VALUES (NEW.org_id, NEW.id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
