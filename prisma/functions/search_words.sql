-- The words of a text in their order, folded: runs of letters and digits, whatever the database's
-- locale takes for a letter. Signs and emoji divide words.
CREATE OR REPLACE FUNCTION search_words(p_text text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(string_to_array(
    regexp_replace(
      public.fold_letters(p_text),
      '[^0-9a-z\u00aa-\u1fff\u2c00-\ud7ff\uf900-\ufdff\uff10-\uffdc'
        || '\U00010000-\U0001efff\U00020000-\U0003ffff]+', ' ', 'g'),
    ' '), '')
$$;
