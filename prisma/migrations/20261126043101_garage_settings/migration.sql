-- Why: owners set up their garage and its assistant themselves. Opening hours get a structure (weekdays with their spans, and
--   closures), by which calls are booked and of which the AI's sentence is made; what was written as text is converted where it can
--   be read, and stays as it is where it cannot. A version each tells a form that is older than what is stored. The assistant
--   gets a language, and switches for what it may do.
-- Locks: ACCESS EXCLUSIVE on organization and voice_persona for a moment (constant defaults); the conversion writes each
--   organization with a text once.
-- Undo: UPDATE organization SET hours = coalesce(hours, 'the sentence that garage_hours.ts makes of opening_hours');
--   ALTER TABLE organization DROP COLUMN opening_hours, DROP COLUMN closures, DROP COLUMN profile_version;
--   ALTER TABLE voice_persona DROP COLUMN language, DROP COLUMN may_book, DROP COLUMN may_look_up, DROP COLUMN version;
ALTER TABLE organization
  ADD COLUMN opening_hours JSONB,
  ADD COLUMN closures JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN profile_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE voice_persona
  ADD COLUMN language TEXT NOT NULL DEFAULT 'en-GB',
  ADD COLUMN may_book BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN may_look_up BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- A time of day in minutes: hour, minute and am or pm, as they were written.
CREATE FUNCTION pg_temp.minutes(hour text, minute text, half text) RETURNS integer LANGUAGE sql AS $$
  SELECT (CASE WHEN half IS NULL THEN hour::int
               ELSE hour::int % 12 + CASE WHEN half = 'pm' THEN 12 ELSE 0 END END) * 60 + coalesce(minute, '0')::int
$$;

CREATE FUNCTION pg_temp.clock(minutes integer) RETURNS text LANGUAGE sql AS $$
  SELECT to_char(minutes % 1440 / 60, 'FM00') || ':' || to_char(minutes % 60, 'FM00')
$$;

-- "Mon–Fri 08:00–17:30, Sat 9am-1pm" by weekday, or NULL where any part cannot be read. A part without a day goes on with the
-- days before it.
CREATE FUNCTION pg_temp.read_hours(written text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  names constant text[] := ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  til constant text := '\s*(?:-|–|—|to|until)\s*';
  a_time constant text := '(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?';
  a_day constant text := '(sun|mon|tue|wed|thu|fri|sat)[a-z]*';
  pattern constant text := '^(?:' || a_day || '(?:' || til || a_day || ')?)?[\s:]*(?:' || a_time || til || a_time || '|(closed))$';
  week jsonb := '{"mon":"closed","tue":"closed","wed":"closed","thu":"closed","fri":"closed","sat":"closed","sun":"closed"}';
  part text;
  found text[];
  days integer[] := '{}';
  nth integer;
  opens integer;
  closes integer;
  spans jsonb;
  is_open boolean := false;
BEGIN
  IF written IS NULL OR length(written) > 500 THEN RETURN NULL; END IF;
  FOREACH part IN ARRAY regexp_split_to_array(lower(written), '[,;|\n]') LOOP
    part := btrim(part, E' \t\r');
    CONTINUE WHEN part = '';
    found := regexp_match(regexp_replace(part, '^(daily|every day|7 days( a week)?)', 'mon-sun'), pattern);
    IF found IS NULL THEN RETURN NULL; END IF;
    IF found[1] IS NOT NULL THEN
      nth := array_position(names, found[1]);
      days := ARRAY[nth];
      WHILE nth <> array_position(names, coalesce(found[2], found[1])) LOOP
        nth := nth % 7 + 1;
        days := days || nth;
      END LOOP;
    END IF;
    IF cardinality(days) = 0 THEN RETURN NULL; END IF;
    IF found[9] IS NULL THEN
      opens := pg_temp.minutes(found[3], found[4], found[5]);
      closes := pg_temp.minutes(found[6], found[7], found[8]);
      -- "8 to 5" means the afternoon.
      IF closes <= opens AND found[8] IS NULL THEN closes := closes + 720; END IF;
      IF opens >= closes OR closes > 1440 OR found[4]::int > 59 OR found[7]::int > 59 THEN RETURN NULL; END IF;
      is_open := true;
    END IF;
    FOREACH nth IN ARRAY days LOOP
      spans := CASE WHEN found[1] IS NULL AND jsonb_typeof(week -> names[nth]) = 'array' THEN week -> names[nth] ELSE '[]' END;
      week := jsonb_set(week, ARRAY[names[nth]], CASE
        WHEN found[9] IS NOT NULL THEN to_jsonb('closed'::text)
        WHEN opens = 0 AND closes = 1440 THEN to_jsonb('24h'::text)
        ELSE spans || jsonb_build_array(jsonb_build_object('from', pg_temp.clock(opens), 'to', pg_temp.clock(closes))) END);
      IF jsonb_array_length(spans) >= 2 THEN RETURN NULL; END IF;
    END LOOP;
  END LOOP;
  RETURN CASE WHEN is_open THEN week END;
END
$$;

UPDATE organization SET opening_hours = pg_temp.read_hours(hours) WHERE hours IS NOT NULL;
UPDATE organization SET hours = NULL WHERE opening_hours IS NOT NULL;
