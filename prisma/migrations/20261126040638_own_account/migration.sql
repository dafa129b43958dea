-- Why: people see where they are signed in and when each sign-in was last used, and may ask for a code of an app at sign-in.
--   `two_factor` is the sign-in library's table; `last_step` and `enabled_at` are ours: a code works once.
-- Locks: ACCESS EXCLUSIVE on session and "user" for a moment (columns with constant defaults rewrite nothing).
-- Undo: DROP TABLE two_factor; ALTER TABLE "user" DROP COLUMN two_factor_enabled; ALTER TABLE session DROP COLUMN last_used_at;
ALTER TABLE session ADD COLUMN last_used_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "user" ADD COLUMN two_factor_enabled BOOLEAN NOT NULL DEFAULT false;
CREATE TABLE two_factor (
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  secret TEXT NOT NULL,
  backup_codes TEXT NOT NULL,
  verified BOOLEAN NOT NULL DEFAULT false,
  failed_verification_count INTEGER NOT NULL DEFAULT 0,
  locked_until TIMESTAMPTZ(3),
  last_step INTEGER NOT NULL DEFAULT 0,
  enabled_at TIMESTAMPTZ(3),
  CONSTRAINT two_factor_pkey PRIMARY KEY (id),
  CONSTRAINT two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX two_factor_user_id_key ON two_factor (user_id);
