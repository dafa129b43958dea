-- Keeps with which WhatsApp user ids telephone numbers were seen, each pair once. `formerly` is the
-- id that the same person had before: its numbers are the new id's from now on.
--
-- p_holders: [{ number, userId, formerly?, at }]
CREATE OR REPLACE FUNCTION garage_note_holders(p_org uuid, p_holders jsonb) RETURNS void
LANGUAGE sql AS $$
  WITH given AS (
    SELECT number, "userId" AS user_id, formerly, at FROM jsonb_to_recordset(p_holders)
      AS given (number text, "userId" text, formerly text, at timestamptz)
  ), renamed AS (
    DELETE FROM number_holder AS holder USING given
    WHERE holder.org_id = p_org AND holder.user_id = given.formerly
      AND given.formerly <> given.user_id
    RETURNING holder.number, given.user_id, holder.seen_at AS at
  )
  INSERT INTO number_holder (org_id, number, user_id, seen_at)
  SELECT p_org, seen.number, seen.user_id, min(seen.at)
  FROM (SELECT number, user_id, at FROM renamed UNION ALL SELECT number, user_id, at FROM given)
    AS seen
  GROUP BY seen.number, seen.user_id ORDER BY seen.number, seen.user_id
  ON CONFLICT DO NOTHING;
$$;
