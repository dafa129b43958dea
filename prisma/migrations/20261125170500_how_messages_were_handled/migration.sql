-- What happened to each inbound message (handled by the AI, handed to a person, degraded …) is kept, so that handing a
-- conversation back knows who still waits, and so that a loop is noticed. Each message knows which of our numbers it came
-- to or left from; a conversation knows when it was last written to at its number, when the team last acted, and until
-- when a message from the garage's own phone keeps the AI silent. Edits and revocations wait for their message.
-- Earlier messages keep null: they were dealt with under the old rules.
-- Locks: message and conversation for a moment each (columns without defaults); message against writes while the partial
-- index is built, which holds edits and revocations alone.
-- Undo: DROP INDEX message_amends; ALTER TABLE … DROP COLUMN for each.

ALTER TABLE message ADD COLUMN handling TEXT, ADD COLUMN identity TEXT;
ALTER TABLE message ADD CONSTRAINT message_handling_known
  CHECK (handling IN ('shown', 'queued', 'answered', 'handed-off', 'degraded', 'team'));
ALTER TABLE message ADD CONSTRAINT message_handling_of_inbound CHECK (handling IS NULL OR direction = 'inbound');

ALTER TABLE conversation
  ADD COLUMN identity_at TIMESTAMPTZ(3),
  ADD COLUMN ai_paused_until TIMESTAMPTZ(3),
  ADD COLUMN team_at TIMESTAMPTZ(3);

-- What is known of conversations by then: a window ends 24 hours after the message that opened it.
UPDATE conversation SET identity_at = window_ends_at - interval '24 hours' WHERE window_ends_at IS NOT NULL;

CREATE INDEX message_amends ON message (org_id, channel, refers_to) WHERE type IN ('edit', 'revoke');
