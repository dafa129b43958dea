-- A charge that was claimed and not sent was made after its terms had been replaced; a page that a link led to outlived the link.
-- An attempt says now when it was sent, and which link led to it.
-- Locks: top_up_attempt exclusively, for as long as its rows are rewritten: one per charge ever claimed.
-- Undo: drop the two columns; nothing else reads them.

ALTER TABLE top_up_attempt ADD COLUMN sent_at TIMESTAMPTZ(3);
ALTER TABLE top_up_attempt ADD COLUMN link_id UUID;
ALTER TABLE top_up_attempt ADD CONSTRAINT top_up_attempt_link_of_page CHECK (link_id IS NULL OR via = 'link');

-- The card was stored just before the payment was confirmed.
UPDATE top_up_attempt SET sent_at = claimed_at WHERE payment_method_id IS NOT NULL;

UPDATE top_up_attempt AS attempt SET link_id = link.id FROM top_up_link AS link
WHERE attempt.via = 'link' AND attempt.status = 'open' AND link.org_id = attempt.org_id AND link.ended_at IS NULL;
