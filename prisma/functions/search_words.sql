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
