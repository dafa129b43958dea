-- When each member was last seen in their garage; and whoever gets another role gives back what they may not work on any
-- longer, as whoever leaves does. A copy of prisma/functions/member_left.sql.
-- Locks: member for a moment.
-- Undo: DROP TRIGGER member_role_changed ON member; ALTER TABLE member DROP COLUMN last_seen_at; restore the comment.

ALTER TABLE "member" ADD COLUMN "last_seen_at" TIMESTAMPTZ(3);

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

CREATE TRIGGER member_role_changed AFTER UPDATE OF role ON member FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION member_left();
