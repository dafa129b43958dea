-- What a call, or a call-back, is found by, as lexemes: its words, folded; its number, forwards (n)
-- for how it begins and backwards (r) for how it ends; and its organisation, so that one index
-- serves all of them and none reads another's. Bounded, as PostgreSQL refuses more than a megabyte
-- of lexemes; without typographic marks, which its parser takes for letters in some locales.
CREATE OR REPLACE FUNCTION call_words(
  org uuid, number text, name text, summary text, transcript text
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('english', left(public.fold_letters(translate(concat_ws(' ',
           left(name, 200), left(summary, 10000), left(transcript, 50000)),
           '’‘“”–—…', '       ')), 60202))
         || array_to_tsvector(array_remove(ARRAY[
           'org:' || org,
           'n' || substr(left(number, 40), 2),
           'r' || reverse(substr(left(number, 40), 2))], NULL))
$$;
