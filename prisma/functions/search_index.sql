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
