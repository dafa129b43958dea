-- Packs, checkouts and payments. The version on a payment serialises what is read from Stripe without a transaction
-- that waits for Stripe. Locks: `credit_purchase` for a moment (a column with a constant default, one CHECK).
-- Undo: drop the four tables and the column, restore credit_purchase_status_known.

-- AlterTable
ALTER TABLE "credit_purchase" ADD COLUMN     "returned_pence" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "credit_pack" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credits" BIGINT NOT NULL,
    "price_pence" INTEGER NOT NULL,
    "stripe_price_id" TEXT,
    "position" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "credit_pack_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stripe_customer" (
    "org_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stripe_customer_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "checkout" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "pack_id" UUID NOT NULL,
    "pack_name" TEXT NOT NULL,
    "credits" BIGINT NOT NULL,
    "price_pence" INTEGER NOT NULL,
    "stripe_price_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "session_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkout_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "stripe_payment" (
    "payment_intent_id" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "checkout_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "received_pence" INTEGER NOT NULL,
    "refunded_pence" INTEGER NOT NULL,
    "lost_pence" INTEGER NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stripe_payment_pkey" PRIMARY KEY ("payment_intent_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "credit_pack_one_per_price" ON "credit_pack"("stripe_price_id");

-- CreateIndex
CREATE INDEX "checkout_org_id_created_at_idx" ON "checkout"("org_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_once_per_session" ON "checkout"("org_id", "session_id");

-- CreateIndex
CREATE INDEX "stripe_payment_org_id_checkout_id_idx" ON "stripe_payment"("org_id", "checkout_id");


ALTER TABLE credit_purchase
  DROP CONSTRAINT credit_purchase_status_known,
  ADD CONSTRAINT credit_purchase_status_known CHECK (status IN ('paid', 'partly_refunded', 'refunded', 'disputed', 'charged_back')),
  ADD CONSTRAINT credit_purchase_returned_within_price CHECK (returned_pence BETWEEN 0 AND price_pence);

ALTER TABLE credit_pack
  ADD CONSTRAINT credit_pack_amounts_positive CHECK (credits >= 1000000 AND credits % 1000000 = 0 AND price_pence > 0);

ALTER TABLE checkout
  ADD CONSTRAINT checkout_amounts_positive CHECK (credits > 0 AND price_pence > 0),
  ADD CONSTRAINT checkout_status_known CHECK (status IN ('open', 'processing', 'paid', 'failed', 'expired'));

-- A second click, here or in another tab, finds the first one's session.
CREATE UNIQUE INDEX checkout_one_open_per_pack ON checkout (org_id, pack_id) WHERE status = 'open';
-- What reconciliation still has to ask about.
CREATE INDEX checkout_unfinished ON checkout (created_at) WHERE status IN ('open', 'processing');

ALTER TABLE stripe_payment
  ADD CONSTRAINT stripe_payment_pence_not_negative CHECK (received_pence >= 0 AND refunded_pence >= 0 AND lost_pence >= 0),
  ADD CONSTRAINT stripe_payment_version_positive CHECK (version > 0);
