-- CreateEnum
CREATE TYPE "message_direction" AS ENUM ('inbound', 'outbound');

-- CreateEnum
CREATE TYPE "message_author" AS ENUM ('customer', 'ai', 'canned', 'staff');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'withdrawn');

-- CreateTable
CREATE TABLE "contact" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "external_id" TEXT NOT NULL,
    "wa_id" TEXT,
    "bsuid" TEXT,
    "phone" TEXT,
    "name" TEXT,
    "username" TEXT,
    "opted_out_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "consent_record" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_record_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "identity" TEXT NOT NULL,
    "held_by" UUID,
    "held_since" TIMESTAMPTZ(3),
    "needs_attention" BOOLEAN NOT NULL DEFAULT false,
    "attention_reason" TEXT,
    "hand_off_summary" TEXT,
    "degraded" BOOLEAN NOT NULL DEFAULT false,
    "degradation_reason" TEXT,
    "window_ends_at" TIMESTAMPTZ(3),
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "message" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "direction" "message_direction" NOT NULL,
    "author" "message_author" NOT NULL,
    "provider_id" TEXT,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "parts" JSONB,
    "refers_to" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "edited_at" TIMESTAMPTZ(3),
    "degraded" BOOLEAN NOT NULL DEFAULT false,
    "degradation_reason" TEXT,
    "intent" TEXT,
    "confidence" SMALLINT,
    "source_key" TEXT,
    "staff_user_id" UUID,
    "status" "delivery_status",
    "error_code" INTEGER,
    "error_text" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "segments" SMALLINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "early_status" (
    "org_id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "provider_id" TEXT NOT NULL,
    "status" "delivery_status" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "error_code" INTEGER,
    "error_text" TEXT,

    CONSTRAINT "early_status_pkey" PRIMARY KEY ("org_id","channel","provider_id","status")
);

-- CreateTable
CREATE TABLE "diagnostic_query" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "client_key" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT,
    "degraded" BOOLEAN NOT NULL DEFAULT false,
    "degradation_reason" TEXT,
    "failed_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "diagnostic_query_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE INDEX "contact_org_id_channel_bsuid_idx" ON "contact"("org_id", "channel", "bsuid");

-- CreateIndex
CREATE INDEX "contact_org_id_channel_wa_id_idx" ON "contact"("org_id", "channel", "wa_id");

-- CreateIndex
CREATE INDEX "contact_org_id_phone_idx" ON "contact"("org_id", "phone");

-- CreateIndex
CREATE UNIQUE INDEX "contact_once_per_channel" ON "contact"("org_id", "channel", "external_id");

-- CreateIndex
CREATE INDEX "conversation_org_id_last_message_at_idx" ON "conversation"("org_id", "last_message_at");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_once_per_contact" ON "conversation"("org_id", "contact_id");

-- CreateIndex
CREATE INDEX "message_org_id_conversation_id_at_idx" ON "message"("org_id", "conversation_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "message_once_per_provider_id" ON "message"("org_id", "channel", "provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_once_per_source" ON "message"("org_id", "source_key");

-- CreateIndex
CREATE INDEX "diagnostic_query_org_id_user_id_asked_at_idx" ON "diagnostic_query"("org_id", "user_id", "asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "diagnostic_query_once_per_key" ON "diagnostic_query"("org_id", "client_key");

-- AddForeignKey
ALTER TABLE "consent_record" ADD CONSTRAINT "consent_record_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_org_id_conversation_id_fkey" FOREIGN KEY ("org_id", "conversation_id") REFERENCES "conversation"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;



ALTER TABLE message
  ADD CONSTRAINT message_status_of_outbound CHECK ((direction = 'outbound') = (status IS NOT NULL)),
  ADD CONSTRAINT message_customer_is_inbound CHECK ((direction = 'inbound') = (author = 'customer')),
  ADD CONSTRAINT message_source_of_outbound CHECK ((direction = 'outbound') = (source_key IS NOT NULL)),
  ADD CONSTRAINT message_degradation_reason_known CHECK (degradation_reason IN ('credit-exhaustion', 'trial-cap'));

ALTER TABLE conversation
  ADD CONSTRAINT conversation_held_since CHECK ((held_by IS NULL) = (held_since IS NULL)),
  ADD CONSTRAINT conversation_degradation_reason_known CHECK (degradation_reason IN ('credit-exhaustion', 'trial-cap')),
  ADD CONSTRAINT conversation_degraded_has_reason CHECK (degraded = (degradation_reason IS NOT NULL));

ALTER TABLE consent_record ADD CONSTRAINT consent_record_kind_known CHECK (kind IN ('opt_out', 'opt_in'));

-- Those that wait for a person, latest first.
CREATE INDEX conversation_wanting_attention ON conversation (org_id, last_message_at DESC) WHERE needs_attention;
