-- Why: the Voice Dashboard pages through the call log and counts it by days, finds calls by words and numbers, and lists those
--   that were not answered in full; call-backs are assigned, and each attempt to ring back is kept with who made it and when;
--   a call keeps what was said turn by turn, with times and tools, where the provider tells.
-- Locks: voice_call, interaction and call_back against writes while their indexes are built; on large tables create them
--   concurrently first. The columns are added without a rewrite.
-- Undo: DROP TABLE call_back_attempt; DROP INDEX voice_call_latest, voice_call_words, interaction_not_in_full, call_back_open,
--   call_back_returned, call_back_words; DROP FUNCTION call_words; ALTER TABLE … DROP COLUMN for each column.

ALTER TABLE voice_call ADD COLUMN dialogue JSONB;

ALTER TABLE call_back ADD COLUMN assigned_to UUID, ADD COLUMN done_attempt UUID;

CREATE TABLE call_back_attempt (
  org_id UUID NOT NULL,
  call_back_id UUID NOT NULL,
  id UUID NOT NULL,
  outcome TEXT NOT NULL,
  user_id UUID NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  undone_at TIMESTAMPTZ(3),
  CONSTRAINT call_back_attempt_pkey PRIMARY KEY (org_id, call_back_id, id),
  CONSTRAINT call_back_attempt_outcome_known CHECK (outcome IN ('no-answer', 'voicemail', 'spoke', 'wrong-number')),
  CONSTRAINT call_back_attempt_org_id_call_back_id_fkey FOREIGN KEY (org_id, call_back_id)
    REFERENCES call_back (org_id, id) ON DELETE CASCADE ON UPDATE NO ACTION
);

-- One attempt at a number that rang several times has a row for each of its call-backs.
CREATE INDEX call_back_attempt_org_id_id_idx ON call_back_attempt (org_id, id);

-- What a call, or a call-back, is found by, as lexemes: its words; its number, forwards (n…) for
-- how it begins and backwards (r…) for how it ends; and its organisation, so that one index serves
-- all of them and none reads another's. Bounded, as PostgreSQL refuses more than a megabyte of
-- lexemes; without typographic marks, which its parser takes for letters in some locales.
CREATE OR REPLACE FUNCTION call_words(
  org uuid, number text, name text, summary text, transcript text
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('english', translate(concat_ws(' ',
           left(name, 200), left(summary, 10000), left(transcript, 50000)), '’‘“”–—…', '       '))
         || array_to_tsvector(array_remove(ARRAY[
           'org:' || org,
           'n' || substr(left(number, 40), 2),
           'r' || reverse(substr(left(number, 40), 2))], NULL))
$$;

CREATE INDEX voice_call_latest ON voice_call (org_id, created_at DESC, id DESC);
CREATE INDEX voice_call_words ON voice_call USING gin (call_words(org_id, caller_number, caller_name, summary, transcript));
CREATE INDEX interaction_not_in_full ON interaction (org_id, provider_ref)
  WHERE channel = 'voice' AND (mode = 'degraded' OR is_fallback);
CREATE INDEX call_back_open ON call_back (org_id, created_at) WHERE done_at IS NULL;
CREATE INDEX call_back_returned ON call_back (org_id, done_at DESC) WHERE done_at IS NOT NULL;
CREATE INDEX call_back_words ON call_back USING gin (call_words(org_id, phone, name, reason, NULL));
