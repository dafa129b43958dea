-- E-mail: one row per letter and recipient, queued in the transaction of its cause, and once for it; and what members
-- do not want to be told by mail.
-- Locks: none, both tables are new. Undo: drop both, and remove the waiting `send-mail` jobs.

CREATE TABLE mail (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    letter TEXT NOT NULL,
    cause TEXT NOT NULL,
    user_id UUID NOT NULL,
    data JSONB NOT NULL,
    status TEXT NOT NULL DEFAULT 'queued',
    reason TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    queued_at TIMESTAMPTZ(3) NOT NULL,
    ended_at TIMESTAMPTZ(3),
    CONSTRAINT mail_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT mail_status_known CHECK (status IN ('queued', 'sent', 'dropped', 'failed')),
    CONSTRAINT mail_ended_with_status CHECK ((status = 'queued') = (ended_at IS NULL)),
    CONSTRAINT mail_not_sent_for_a_reason CHECK (status NOT IN ('dropped', 'failed') OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX mail_once_per_cause ON mail (org_id, letter, cause, user_id);
-- What support must look at.
CREATE INDEX mail_failed ON mail (ended_at) WHERE status = 'failed';

CREATE TABLE mail_preference (
    org_id UUID NOT NULL,
    user_id UUID NOT NULL,
    letter TEXT NOT NULL,
    wanted BOOLEAN NOT NULL,
    CONSTRAINT mail_preference_pkey PRIMARY KEY (org_id, user_id, letter)
);
