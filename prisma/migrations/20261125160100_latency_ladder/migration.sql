-- The latency ladder gets a table that calls write: voice_persona is the garage's, and what an owner saves there must
-- neither wait for the end of a call nor undo a step. Locks: voice_persona for a moment (two columns are dropped).
-- A process of the version before serves the lines that it knows until it is restarted.
-- Undo: add the columns again, copy level and samples_ms back, drop the table.

CREATE TABLE latency_ladder (
  org_id UUID NOT NULL,
  level SMALLINT NOT NULL DEFAULT 0,
  samples_ms INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[],

  CONSTRAINT latency_ladder_pkey PRIMARY KEY (org_id),
  CONSTRAINT latency_ladder_level_known CHECK (level BETWEEN 0 AND 2),
  CONSTRAINT latency_ladder_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization (id) ON DELETE CASCADE
);

INSERT INTO latency_ladder (org_id, level, samples_ms)
SELECT org_id, least(greatest(latency_level, 0), 2), latency_ms
FROM voice_persona WHERE latency_level <> 0 OR latency_ms <> '{}';

ALTER TABLE voice_persona DROP COLUMN latency_level;
ALTER TABLE voice_persona DROP COLUMN latency_ms;
