-- How the sweeps find what was never finished without reading every row.
-- Locks: blocks writes to voice_call and interaction while it runs; on large tables create them concurrently first.
-- Undo: DROP INDEX for each.

CREATE INDEX voice_call_unreported ON voice_call (created_at) WHERE reported_at IS NULL;

-- Not a partial index on settled_at: that would end heap-only updates of every settle. Starts come in order of time.
CREATE INDEX interaction_started ON interaction USING brin (started_at);
