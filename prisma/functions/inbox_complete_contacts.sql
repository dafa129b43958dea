-- Adds to contacts what their latest messages say of them. What is not said stays as it is.
--
-- p_contacts: [{ id, waId?, bsuid?, phone?, name?, username? }]
CREATE OR REPLACE FUNCTION inbox_complete_contacts(p_org uuid, p_contacts jsonb) RETURNS void
LANGUAGE plpgsql SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE contact SET wa_id = coalesce(given."waId", wa_id),
    bsuid = coalesce(given.bsuid, contact.bsuid), phone = coalesce(given.phone, contact.phone),
    name = coalesce(given.name, contact.name),
    username = coalesce(given.username, contact.username)
  FROM jsonb_to_recordset(p_contacts)
    AS given (id uuid, "waId" text, bsuid text, phone text, name text, username text)
  WHERE contact.org_id = p_org AND contact.id = given.id;
END $$;
