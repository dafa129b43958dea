-- What the record of a customer is found by: the words of their name, and the organisation.
CREATE OR REPLACE FUNCTION customer_words(org uuid, name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY['org:' || org] || ARRAY(
    SELECT left(word, 64) FROM unnest(public.search_words(left(name, 200))) AS word))
$$;
