-- Which user ids a telephone number was seen with. A number is a person's only while one id has it: seen with two, it
-- identifies nobody, on any channel. What contacts know already is taken over.
-- Locks: none but on the new table; contact is read once.
-- Undo: DROP TABLE number_holder.

CREATE TABLE number_holder (
  org_id UUID NOT NULL,
  number TEXT NOT NULL,
  user_id TEXT NOT NULL,
  seen_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT number_holder_pkey PRIMARY KEY (org_id, number, user_id)
);

INSERT INTO number_holder (org_id, number, user_id, seen_at)
SELECT org_id, phone, bsuid, created_at FROM contact
WHERE channel = 'whatsapp' AND phone IS NOT NULL AND bsuid IS NOT NULL
ON CONFLICT DO NOTHING;
