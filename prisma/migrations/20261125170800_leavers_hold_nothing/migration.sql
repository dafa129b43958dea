-- Who leaves a garage holds none of its conversations: a trigger, because members leave through a library's endpoints,
-- by hand and with their whole account alike. A copy of prisma/functions/member_left.sql.
-- Locks: member for a moment.
-- Undo: DROP TRIGGER member_left ON member; DROP FUNCTION member_left;

-- Somebody has left a garage, however that came about (removed, left, their account deleted): a
-- job gives what they hold in the inbox back to the AI or to the team.
CREATE OR REPLACE FUNCTION member_left() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('release-holds',
    json_build_object('orgId', OLD.organization_id, 'userId', OLD.user_id),
    max_attempts => 25, job_key => 'release-holds:' || OLD.organization_id || ':' || OLD.user_id);
  RETURN NULL;
END $$;

CREATE TRIGGER member_left AFTER DELETE ON member FOR EACH ROW EXECUTE FUNCTION member_left();
