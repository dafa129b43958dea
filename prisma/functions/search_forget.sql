-- The words of a conversation go with it. A foreign key would lock conversations whose words are
-- kept, and hold messages up.
CREATE OR REPLACE FUNCTION search_forget() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM conversation_word WHERE org_id = OLD.org_id AND conversation_id = OLD.id;
  RETURN NULL;
END $$;
