-- Somebody has left a garage, however that came about (removed, left, their account deleted), or
-- has another role there: a job gives what they hold, and may not work on any longer, back to the
-- AI or to the team.
CREATE OR REPLACE FUNCTION member_left() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('release-holds',
    json_build_object('orgId', OLD.organization_id, 'userId', OLD.user_id),
    max_attempts => 25, job_key => 'release-holds:' || OLD.organization_id || ':' || OLD.user_id);
  RETURN NULL;
END $$;
