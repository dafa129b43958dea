-- Who belongs to the demo, and which roles there are. The demo's accounts share a public password, so that an application
-- that serves customers must know them whatever their address becomes; those made before this column are told by the
-- reserved domain that only they have. Roles are one of four, never a list of them; rows from before are left as they are.
-- Locks: "user" for the time of one update of the demo's rows, member for a moment. Undo: drop the column and the constraint.

-- AlterTable
ALTER TABLE "user" ADD COLUMN "demo" BOOLEAN NOT NULL DEFAULT false;

UPDATE "user" SET "demo" = true WHERE "email" LIKE '%.test';

ALTER TABLE "member" ADD CONSTRAINT "member_role_is_one_of_four"
    CHECK ("role" IN ('owner', 'manager', 'advisor', 'technician')) NOT VALID;
