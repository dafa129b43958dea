-- Why: auto top-up charges the customer's default card, and a subscription may be paid with another one. Only that one was kept,
--   so that the page named one card and another was charged. Until Stripe is read again, the card that was known counts for both.
-- Locks: ACCESS EXCLUSIVE on stripe_customer for a moment (columns without a default), then its rows, one per paying garage.
-- Undo: ALTER TABLE stripe_customer DROP COLUMN charged_brand, DROP COLUMN charged_last4;
ALTER TABLE "stripe_customer" ADD COLUMN "charged_brand" TEXT, ADD COLUMN "charged_last4" TEXT;

UPDATE "stripe_customer" SET "charged_brand" = "card_brand", "charged_last4" = "card_last4"
WHERE "card_fingerprint" IS NOT NULL;
