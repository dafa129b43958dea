-- Whether the AI is paused for want of credits is asked of the gate when somebody looks. The stored mark outlived the
-- fact; what began degraded stands on the message itself.
-- Locks: conversation for a moment. An application of before this migration cannot store messages after it: they are
-- answered 5xx and delivered again, so the new one should follow at once.
-- Undo: add the columns again; their content is that of the conversation's latest degraded message.

ALTER TABLE conversation DROP CONSTRAINT conversation_degraded_has_reason;
ALTER TABLE conversation DROP CONSTRAINT conversation_degradation_reason_known;
ALTER TABLE conversation DROP COLUMN degraded, DROP COLUMN degradation_reason;
