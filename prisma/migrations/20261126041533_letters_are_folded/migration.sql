-- Why: who searched for Lukasz, Soren or Strasse did not find Łukasz, Søren or Straße: Unicode does not take ł, ø or ß apart. One
--   function folds letters for everything that is searched. Conversations are found by the name in the garage's records too.
-- Locks: ACCESS EXCLUSIVE on voice_call while it is rewritten: a minute for a million calls; SHARE on call_back and customer while
--   their indexes are made: seconds. message is read once, 2 million in some seconds, and only those with such letters are queued
--   for their words to be kept again; the words that were kept of them before stay, and nothing asks for them.
-- Undo: DROP INDEX customer_by_name; DROP FUNCTION customer_words; search_words and call_words as they were, the column and the
--   index of call-backs made again, then DROP FUNCTION fold_letters.

CREATE OR REPLACE FUNCTION fold_letters(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(
    translate(
      lower(regexp_replace(normalize(p_text, NFKD), '[\u0300-\u036f]+', '', 'g')),
      'łŁøØđĐðÐħĦŧŦıẞÆŒÞ', 'llooddddhhttißæœþ'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;

CREATE OR REPLACE FUNCTION search_words(p_text text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(string_to_array(
    regexp_replace(
      public.fold_letters(p_text),
      '[^0-9a-z\u00aa-\u1fff\u2c00-\ud7ff\uf900-\ufdff\uff10-\uffdc'
        || '\U00010000-\U0001efff\U00020000-\U0003ffff]+', ' ', 'g'),
    ' '), '')
$$;

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

CREATE OR REPLACE FUNCTION customer_words(org uuid, name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY['org:' || org] || ARRAY(
    SELECT left(word, 64) FROM unnest(public.search_words(left(name, 200))) AS word))
$$;

DROP INDEX voice_call_words;
ALTER TABLE voice_call DROP COLUMN words;
ALTER TABLE voice_call ADD COLUMN words TSVECTOR
  GENERATED ALWAYS AS (call_words(org_id, caller_number, caller_name, summary, transcript)) STORED;
CREATE INDEX voice_call_words ON voice_call USING gin (words);
REINDEX INDEX call_back_words;

CREATE INDEX customer_by_name ON customer USING gin (customer_words(org_id, name));

-- A contact's name is kept with the words of a message of theirs.
INSERT INTO message_unindexed (org_id, message_id)
SELECT m.org_id, m.id FROM message AS m
WHERE m.author <> 'canned' AND m.body ~ '[łŁøØđĐðÐħĦŧŦıİßẞæÆœŒþÞ]'
UNION
SELECT c.org_id, latest.id FROM contact AS k
JOIN conversation AS c ON c.org_id = k.org_id AND c.contact_id = k.id
CROSS JOIN LATERAL (
  SELECT m.id FROM message AS m WHERE m.org_id = c.org_id AND m.conversation_id = c.id ORDER BY m.at DESC, m.id DESC LIMIT 1
) AS latest
WHERE k.name ~ '[łŁøØđĐðÐħĦŧŦıİßẞæÆœŒþÞ]'
ON CONFLICT DO NOTHING;

INSERT INTO conversation_word (org_id, conversation_id, word)
SELECT DISTINCT e.org_id, e.conversation_id, word FROM conversation_event AS e CROSS JOIN LATERAL unnest(search_lexemes(e.body)) AS word
WHERE e.kind = 'note' AND e.body ~ '[łŁøØđĐðÐħĦŧŦıİßẞæÆœŒþÞ]'
ON CONFLICT DO NOTHING;
