-- CreateTable
CREATE TABLE "credit_purchase" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_key" TEXT NOT NULL,
    "pack_name" TEXT NOT NULL,
    "credits" BIGINT NOT NULL,
    "price_pence" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'paid',
    "purchased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_purchase_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE INDEX "credit_purchase_org_id_purchased_at_idx" ON "credit_purchase"("org_id", "purchased_at");

-- CreateIndex
CREATE UNIQUE INDEX "credit_purchase_once_per_source" ON "credit_purchase"("org_id", "source_key");



ALTER TABLE credit_purchase
  ADD CONSTRAINT credit_purchase_amounts_positive CHECK (credits > 0 AND price_pence >= 0),
  ADD CONSTRAINT credit_purchase_source_known CHECK (source IN ('manual', 'auto_top_up')),
  ADD CONSTRAINT credit_purchase_status_known CHECK (status IN ('paid', 'partly_refunded', 'refunded', 'disputed'));
