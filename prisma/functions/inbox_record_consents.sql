-- Records changes of consent. Whether a contact has opted out follows from the latest one, whatever
-- came first.
--
-- p_changes: [{ contactId, id, kind, source, at }]
CREATE OR REPLACE FUNCTION inbox_record_consents(p_org uuid, p_changes jsonb) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO consent_record (org_id, contact_id, id, kind, source, at)
  SELECT p_org, given."contactId", given.id, given.kind, given.source, given.at
  FROM jsonb_to_recordset(p_changes)
    AS given ("contactId" uuid, id uuid, kind text, source text, at timestamptz);

  UPDATE contact SET opted_out_at = (
    SELECT CASE WHEN kind = 'opt_out' THEN at END FROM consent_record AS said
    WHERE said.org_id = p_org AND said.contact_id = contact.id ORDER BY at DESC, id DESC LIMIT 1)
  FROM jsonb_to_recordset(p_changes) AS given ("contactId" uuid)
  WHERE contact.org_id = p_org AND contact.id = given."contactId";
END $$;
