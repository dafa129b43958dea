-- A note is found by its words at once: there are few.
CREATE OR REPLACE FUNCTION search_note() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO conversation_word (org_id, conversation_id, word)
  SELECT NEW.org_id, NEW.conversation_id, word FROM unnest(search_lexemes(NEW.body)) AS word
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
