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
