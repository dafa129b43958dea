-- Why: each view of the inbox (open, mine, unassigned, needs attention, done, snoozed, one channel, one degraded reason) is
--   read in its order, those that want attention first, then the latest: from an index, a page at a time.
-- Locks: SHARE on conversation while an index is built. Undo: DROP INDEX each, and create again
--   conversation_org_id_last_message_at_idx (org_id, last_message_at) and conversation_wanting_attention
--   (org_id, last_message_at DESC) WHERE needs_attention.
CREATE INDEX "conversation_org_id_needs_attention_last_message_at_id_idx"
  ON "conversation"("org_id", "needs_attention", "last_message_at", "id");
CREATE INDEX "conversation_open" ON "conversation"("org_id", "channel", "needs_attention", "last_message_at", "id")
  WHERE done_at IS NULL;
CREATE INDEX "conversation_unassigned" ON "conversation"("org_id", "channel", "needs_attention", "last_message_at", "id")
  WHERE done_at IS NULL AND assigned_to IS NULL AND held_by IS NULL;
CREATE INDEX "conversation_done" ON "conversation"("org_id", "channel", "needs_attention", "last_message_at", "id")
  WHERE done_at IS NOT NULL;
CREATE INDEX "conversation_assigned" ON "conversation"("org_id", "assigned_to", "needs_attention", "last_message_at", "id")
  WHERE done_at IS NULL AND assigned_to IS NOT NULL;
CREATE INDEX "conversation_held" ON "conversation"("org_id", "held_by", "needs_attention", "last_message_at", "id")
  WHERE held_by IS NOT NULL;
CREATE INDEX "conversation_snoozed" ON "conversation"("org_id", "needs_attention", "last_message_at", "id")
  WHERE snoozed_until IS NOT NULL;
CREATE INDEX "conversation_degraded" ON "conversation"("org_id", "degraded_reason", "needs_attention", "last_message_at", "id")
  WHERE degraded_reason IS NOT NULL;
DROP INDEX "conversation_org_id_last_message_at_idx";
DROP INDEX "conversation_wanting_attention";
