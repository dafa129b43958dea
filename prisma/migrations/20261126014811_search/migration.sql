-- Why: the inbox is searched by words of messages and notes, names, numbers and registrations. The words that a
--   conversation is found by stand in a table that leads with the organisation, so that one garage's search reads nothing of
--   another's, a word's conversations can be counted up to a bound, and a conversation be asked for a word.
-- Locks: SHARE ROW EXCLUSIVE on message, conversation and conversation_event while triggers are made; SHARE on contact.
-- Undo: DROP TRIGGER search_wanted, search_wanted_again ON message; DROP TRIGGER search_note ON conversation_event,
--   search_forget ON conversation; DROP the
--   functions search_*; DROP TABLE conversation_word, message_unindexed; DROP INDEX contact_by_number, contact_by_last_digits;
--   CREATE INDEX contact_org_id_phone_idx ON contact (org_id, phone).
CREATE TABLE "conversation_word" (
    "org_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "conversation_word_pkey" PRIMARY KEY ("org_id", "conversation_id", "word")
);
CREATE INDEX "conversation_word_org_id_word_conversation_id_idx" ON "conversation_word"("org_id", "word", "conversation_id");

CREATE TABLE "message_unindexed" (
    "org_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,

    CONSTRAINT "message_unindexed_pkey" PRIMARY KEY ("org_id", "message_id")
);

-- Numbers are found by how they begin and by how they end.
CREATE INDEX "contact_by_number" ON "contact"("org_id", "phone" text_pattern_ops) WHERE phone IS NOT NULL;
CREATE INDEX "contact_by_last_digits" ON "contact"("org_id", reverse("phone") text_pattern_ops) WHERE phone IS NOT NULL;
DROP INDEX "contact_org_id_phone_idx";

-- The words of a text in their order, in small letters and without accents: runs of letters and
-- digits, whatever the database's locale takes for a letter. Signs and emoji divide words.
CREATE OR REPLACE FUNCTION search_words(p_text text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(string_to_array(
    regexp_replace(
      lower(regexp_replace(normalize(p_text, NFKD), '[\u0300-\u036f]+', '', 'g')),
      '[^0-9a-z\u00aa-\u1fff\u2c00-\ud7ff\uf900-\ufdff\uff10-\uffdc'
        || '\U00010000-\U0001efff\U00020000-\U0003ffff]+', ' ', 'g'),
    ' '), '')
$$;

-- What a text is found by: its words as they are written, and as PostgreSQL's English dictionary
-- has them; without the words that English leaves out. A registration is found without its space
-- too. A word is cut where no index could hold it.
CREATE OR REPLACE FUNCTION search_lexemes(p_text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (
    WITH written AS (
      SELECT left(word, 64) AS word, lead(word) OVER (ORDER BY nth) AS next
      FROM unnest(search_words(p_text)) WITH ORDINALITY AS each (word, nth)
    )
    SELECT coalesce(array_agg(DISTINCT form.word), '{}') FROM (
      SELECT unnest(array_append(english.stem, written.word)) AS word
      FROM written CROSS JOIN LATERAL ts_lexize('english_stem', written.word) AS english (stem)
      WHERE english.stem <> '{}'
      UNION ALL
      SELECT word || next FROM written WHERE word ~ '^[a-z]{2}[0-9]{2}$' AND next ~ '^[a-z]{3}$'
    ) AS form
  );
END $$;

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

-- The text of a message has changed: see search_wanted.
CREATE OR REPLACE FUNCTION search_wanted_again() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_unindexed (org_id, message_id) VALUES (NEW.org_id, NEW.id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

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

-- The words of a conversation go with it. A foreign key would lock conversations whose words are
-- kept, and hold messages up.
CREATE OR REPLACE FUNCTION search_forget() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM conversation_word WHERE org_id = OLD.org_id AND conversation_id = OLD.id;
  RETURN NULL;
END $$;

-- Keeps the words of an organisation's messages that wait for it, the newest first and so many
-- at most, with those of whoever the conversation is with. Answers how many it took. What
-- another one has taken at this moment is left to it.
CREATE OR REPLACE FUNCTION search_index(p_org uuid, p_most integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  v_taken integer;
BEGIN
  WITH taken AS (
    DELETE FROM message_unindexed AS u USING (
      SELECT org_id, message_id FROM message_unindexed WHERE org_id = p_org
      ORDER BY message_id DESC LIMIT p_most FOR UPDATE SKIP LOCKED
    ) AS chosen
    WHERE u.org_id = chosen.org_id AND u.message_id = chosen.message_id
    RETURNING u.message_id
  ), spoken AS (
    SELECT m.conversation_id, m.body FROM taken
    JOIN message AS m ON m.org_id = p_org AND m.id = taken.message_id
  ), known AS (
    SELECT c.id AS conversation_id, concat_ws(' ', k.name, k.username,
             CASE WHEN k.phone IS NULL AND k.channel = 'sms' THEN k.external_id END) AS body
    FROM (SELECT DISTINCT conversation_id FROM spoken) AS s
    JOIN conversation AS c ON c.org_id = p_org AND c.id = s.conversation_id
    JOIN contact AS k ON k.org_id = p_org AND k.id = c.contact_id
  ), kept AS (
    INSERT INTO conversation_word (org_id, conversation_id, word)
    SELECT DISTINCT p_org, texts.conversation_id, lexeme.word
    FROM (SELECT * FROM spoken UNION ALL SELECT * FROM known) AS texts
    CROSS JOIN LATERAL unnest(search_lexemes(texts.body)) AS lexeme (word)
    ORDER BY texts.conversation_id, lexeme.word
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO v_taken FROM taken;
  RETURN v_taken;
END $$;

CREATE TRIGGER search_wanted AFTER INSERT ON message REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION search_wanted();
CREATE TRIGGER search_wanted_again AFTER UPDATE OF body ON message
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION search_wanted_again();
CREATE TRIGGER search_note AFTER INSERT ON conversation_event
  FOR EACH ROW WHEN (NEW.kind = 'note') EXECUTE FUNCTION search_note();

CREATE TRIGGER search_forget AFTER DELETE ON conversation
  FOR EACH ROW EXECUTE FUNCTION search_forget();

-- What was said before is found too: the worker keeps its words, a batch at a time.
INSERT INTO message_unindexed (org_id, message_id)
SELECT org_id, id FROM message WHERE author <> 'canned' AND body <> '';
