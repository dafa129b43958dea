-- Why: a garage hears its assistant by having us ring a member's own telephone. Such a call bills nothing and stands in no
--   statistics; what it costs is ours, and is kept here.
-- Locks: none; a new table.
-- Undo: DROP TABLE test_call;
CREATE TABLE test_call (
  org_id UUID NOT NULL,
  id UUID NOT NULL,
  user_id TEXT NOT NULL,
  number TEXT NOT NULL,
  line TEXT NOT NULL,
  provider_call_id TEXT,
  status TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL,
  ended_at TIMESTAMPTZ(3),
  ended_reason TEXT,
  duration_seconds INTEGER,
  cost_micro_usd BIGINT,
  CONSTRAINT test_call_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT test_call_known_status CHECK (status IN ('asked', 'ringing', 'in-progress', 'ended', 'failed')),
  CONSTRAINT test_call_not_negative CHECK (duration_seconds >= 0 AND cost_micro_usd >= 0)
);
CREATE UNIQUE INDEX test_call_once ON test_call (org_id, provider_call_id);
CREATE INDEX test_call_latest ON test_call (org_id, created_at DESC);
