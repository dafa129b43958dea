-- Links that are mailed to one person and used once, of which only a hash of the token is kept; and letters to one person,
-- who may belong to no organisation yet, which is why they stand apart from `mail`.
-- Locks: none, both tables are new. Undo: drop both, and remove the waiting `send-personal-mail` jobs.

CREATE TABLE one_time_link (
    id UUID NOT NULL,
    token_hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    email TEXT NOT NULL,
    org_id UUID,
    user_id UUID,
    group_id UUID,
    data JSONB NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL,
    expires_at TIMESTAMPTZ(3) NOT NULL,
    ended TEXT,
    ended_at TIMESTAMPTZ(3),
    CONSTRAINT one_time_link_pkey PRIMARY KEY (id),
    CONSTRAINT one_time_link_hash_is_sha256 CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT one_time_link_email_lower CHECK (email = lower(email)),
    CONSTRAINT one_time_link_lasts CHECK (expires_at > created_at),
    CONSTRAINT one_time_link_end_known CHECK (ended IN ('used', 'withdrawn')),
    CONSTRAINT one_time_link_ended_at_once CHECK ((ended IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX one_time_link_token ON one_time_link (token_hash);
CREATE INDEX one_time_link_of_address ON one_time_link (email, kind) WHERE ended IS NULL;
CREATE INDEX one_time_link_of_user ON one_time_link (user_id, kind) WHERE ended IS NULL AND user_id IS NOT NULL;
CREATE INDEX one_time_link_of_organisation ON one_time_link (org_id, kind) WHERE org_id IS NOT NULL;
-- What is forgotten once it is over.
CREATE INDEX one_time_link_over ON one_time_link (expires_at);

CREATE TABLE personal_mail (
    id UUID NOT NULL,
    letter TEXT NOT NULL,
    cause TEXT NOT NULL,
    address TEXT,
    user_id UUID,
    data JSONB NOT NULL,
    status TEXT NOT NULL DEFAULT 'queued',
    reason TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    queued_at TIMESTAMPTZ(3) NOT NULL,
    ended_at TIMESTAMPTZ(3),
    CONSTRAINT personal_mail_pkey PRIMARY KEY (id),
    CONSTRAINT personal_mail_one_recipient CHECK ((address IS NULL) <> (user_id IS NULL)),
    CONSTRAINT personal_mail_status_known CHECK (status IN ('queued', 'sent', 'dropped', 'failed')),
    CONSTRAINT personal_mail_ended_with_status CHECK ((status = 'queued') = (ended_at IS NULL)),
    CONSTRAINT personal_mail_not_sent_for_a_reason CHECK (status NOT IN ('dropped', 'failed') OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX personal_mail_once_per_cause_and_address ON personal_mail (address, letter, cause);
CREATE UNIQUE INDEX personal_mail_once_per_cause_and_user ON personal_mail (user_id, letter, cause);
-- What support must look at.
CREATE INDEX personal_mail_failed ON personal_mail (ended_at) WHERE status = 'failed';
