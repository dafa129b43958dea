-- Why: Stripe repeats its own failure under the same idempotency key for a day, so that each try to confirm a charge needs its own.
-- Locks: ACCESS EXCLUSIVE on top_up_attempt for a moment (a constant default rewrites nothing).
-- Undo: ALTER TABLE top_up_attempt DROP COLUMN tries;
ALTER TABLE "top_up_attempt" ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0;
