-- Stores how interactions of one organisation and channel start, each unless one was stored before.
-- False for an organisation without an account. Null begins nothing.
--
-- p_starts: [{ providerRef, mode, level, reason, billable, isFallback, failOpen, startedAt }]
CREATE OR REPLACE FUNCTION interactions_begin(p_org uuid, p_channel channel, p_starts jsonb)
RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF p_starts IS NULL THEN RETURN true; END IF;
  PERFORM FROM credit_account WHERE org_id = p_org;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable,
                           is_fallback, fail_open, started_at)
  SELECT p_org, p_channel, given."providerRef", given.mode, given.level, given.reason,
         given.billable, given."isFallback", given."failOpen", given."startedAt"
  FROM jsonb_to_recordset(p_starts)
    AS given ("providerRef" text, mode interaction_mode, level smallint, reason text,
              billable boolean, "isFallback" boolean, "failOpen" boolean, "startedAt" timestamptz)
  ORDER BY given."providerRef"
  ON CONFLICT DO NOTHING;
  RETURN true;
END $$;
