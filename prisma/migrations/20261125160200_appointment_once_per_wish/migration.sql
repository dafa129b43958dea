-- One appointment for one wish: what a call asks for twice, under two ids of the provider's, is booked once, and another
-- time moves it. An appointment's source is now the call; older ones keep a source of their own, so that none collide.
-- Locks: appointment for a moment, and against writes while the new index is built.
-- A process of the version before books nothing until it is restarted: the caller is offered a call back.
-- Undo: drop index and columns, rename source to source_key, create appointment_once_per_source again on it.

ALTER TABLE appointment RENAME COLUMN source_key TO source;
ALTER TABLE appointment ADD COLUMN wish TEXT NOT NULL DEFAULT '';
ALTER TABLE appointment ADD COLUMN request_ids TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
DROP INDEX appointment_once_per_source;
CREATE UNIQUE INDEX appointment_once_per_wish ON appointment (org_id, source, wish);
