-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "subscription_state" AS ENUM ('trial', 'active', 'grandfathered', 'past_due', 'canceled', 'demo');

-- CreateEnum
CREATE TYPE "channel" AS ENUM ('voice', 'whatsapp', 'sms', 'diagnostics');

-- CreateEnum
CREATE TYPE "lot_kind" AS ENUM ('monthly', 'gifted', 'purchased');

-- CreateEnum
CREATE TYPE "entry_kind" AS ENUM ('grant', 'usage', 'expiry', 'reversal', 'adjustment');

-- CreateEnum
CREATE TYPE "interaction_mode" AS ENUM ('full', 'degraded');

-- CreateTable
CREATE TABLE "channel_number" (
    "channel" "channel" NOT NULL,
    "identity" TEXT NOT NULL,
    "org_id" UUID NOT NULL,

    CONSTRAINT "channel_number_pkey" PRIMARY KEY ("channel","identity")
);

-- CreateTable
CREATE TABLE "voice_persona" (
    "org_id" UUID NOT NULL,
    "assistant_name" TEXT NOT NULL,
    "greeting" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "voice" JSONB NOT NULL,
    "transcriber" JSONB NOT NULL,
    "model" TEXT NOT NULL,
    "fast_model" TEXT NOT NULL,
    "latency_level" SMALLINT NOT NULL DEFAULT 0,
    "latency_ms" INTEGER[] DEFAULT ARRAY[]::INTEGER[],

    CONSTRAINT "voice_persona_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "voice_call" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "provider_call_id" TEXT NOT NULL,
    "caller_number" TEXT,
    "caller_name" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ringing',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "duration_seconds" INTEGER,
    "ended_reason" TEXT,
    "transcript" TEXT,
    "summary" TEXT,
    "reported_at" TIMESTAMPTZ(3),

    CONSTRAINT "voice_call_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "provider_event" (
    "provider" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "org_id" UUID,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_event_pkey" PRIMARY KEY ("provider","id")
);

-- CreateTable
CREATE TABLE "credit_account" (
    "org_id" UUID NOT NULL,
    "state" "subscription_state" NOT NULL DEFAULT 'trial',
    "balance" BIGINT NOT NULL DEFAULT 0,
    "overdraft" BIGINT NOT NULL DEFAULT 0,
    "entry_seq" BIGINT NOT NULL DEFAULT 0,
    "allowance" BIGINT NOT NULL DEFAULT 0,
    "anchor_day" SMALLINT NOT NULL DEFAULT 1,
    "grant_peak" BIGINT NOT NULL DEFAULT 0,
    "trial_cap_micro_gbp" BIGINT NOT NULL DEFAULT 0,
    "trial_spent_micro_gbp" BIGINT NOT NULL DEFAULT 0,
    "wake_at" BIGINT,
    "trial_wake_at" BIGINT,
    "renews_at" TIMESTAMPTZ(3),
    "frozen_at" TIMESTAMPTZ(3),
    "frozen_reason" TEXT,
    "recalculating_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_account_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "credit_lot" (
    "org_id" UUID NOT NULL,
    "id" BIGINT NOT NULL,
    "kind" "lot_kind" NOT NULL,
    "granted" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL,
    "open" BOOLEAN NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL DEFAULT 'infinity'::timestamp with time zone,
    "reversed" BIGINT NOT NULL DEFAULT 0,
    "source_key" TEXT NOT NULL,

    CONSTRAINT "credit_lot_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "org_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "lot_id" BIGINT,
    "cause" TEXT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "rate_version" TEXT,
    "actor" TEXT,
    "reason" TEXT,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("org_id","seq")
);

-- CreateTable
CREATE TABLE "interaction" (
    "org_id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "mode" "interaction_mode" NOT NULL,
    "level" SMALLINT NOT NULL,
    "reason" TEXT,
    "billable" BOOLEAN NOT NULL,
    "is_fallback" BOOLEAN NOT NULL DEFAULT false,
    "fail_open" BOOLEAN NOT NULL DEFAULT false,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "cost_micro_usd" BIGINT,
    "credits" BIGINT,
    "rate_version" TEXT,

    CONSTRAINT "interaction_pkey" PRIMARY KEY ("org_id","channel","provider_ref")
);

-- CreateTable
CREATE TABLE "usage_daily" (
    "org_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "channel" "channel" NOT NULL,
    "interactions" INTEGER NOT NULL DEFAULT 0,
    "degraded" INTEGER NOT NULL DEFAULT 0,
    "credits" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_daily_pkey" PRIMARY KEY ("org_id","day","channel")
);

-- CreateTable
CREATE TABLE "credit_warning" (
    "org_id" UUID NOT NULL,
    "threshold" SMALLINT NOT NULL,
    "spoken_at" TIMESTAMPTZ(3) NOT NULL,
    "rearmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "credit_warning_pkey" PRIMARY KEY ("org_id","threshold","spoken_at")
);

-- CreateTable
CREATE TABLE "fail_open" (
    "org_id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fail_open_pkey" PRIMARY KEY ("org_id","channel","provider_ref")
);

-- CreateTable
CREATE TABLE "support_action" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "support_action_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "customer" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "vehicle" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "registration" TEXT NOT NULL,
    "description" TEXT NOT NULL,

    CONSTRAINT "vehicle_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "work_order" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "vehicle_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "work_order_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID,
    "customer_name" TEXT NOT NULL,
    "phone" TEXT,
    "registration" TEXT,
    "service" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "source_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "call_back" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "provider_call_id" TEXT NOT NULL,
    "name" TEXT,
    "phone" TEXT,
    "phone_as_spoken" TEXT,
    "reason" TEXT,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,

    CONSTRAINT "call_back_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "platform_role" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "active_organization_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "metadata" TEXT,
    "phone" TEXT,
    "portal_url" TEXT,
    "services" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "hours" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT,
    "status" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inviter_id" UUID NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "channel_number_org_id_idx" ON "channel_number"("org_id");

-- CreateIndex
CREATE UNIQUE INDEX "voice_call_once" ON "voice_call"("org_id", "provider_call_id");

-- CreateIndex
CREATE INDEX "provider_event_org_id_received_at_idx" ON "provider_event"("org_id", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "credit_lot_one_per_source" ON "credit_lot"("org_id", "source_key");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_once_per_cause" ON "ledger_entry"("cause", "org_id", "kind", "lot_id");

-- CreateIndex
CREATE UNIQUE INDEX "support_action_once_per_key" ON "support_action"("org_id", "key");

-- CreateIndex
CREATE INDEX "customer_org_id_phone_idx" ON "customer"("org_id", "phone");

-- CreateIndex
CREATE UNIQUE INDEX "vehicle_registration_once" ON "vehicle"("org_id", "registration");

-- CreateIndex
CREATE INDEX "work_order_org_id_vehicle_id_idx" ON "work_order"("org_id", "vehicle_id");

-- CreateIndex
CREATE INDEX "appointment_org_id_starts_at_idx" ON "appointment"("org_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_once_per_source" ON "appointment"("org_id", "source_key");

-- CreateIndex
CREATE UNIQUE INDEX "call_back_once_per_call" ON "call_back"("org_id", "provider_call_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_user_id_key" ON "member"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "invitation_organization_id_idx" ON "invitation"("organization_id");

-- AddForeignKey
ALTER TABLE "channel_number" ADD CONSTRAINT "channel_number_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voice_persona" ADD CONSTRAINT "voice_persona_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vehicle" ADD CONSTRAINT "vehicle_org_id_customer_id_fkey" FOREIGN KEY ("org_id", "customer_id") REFERENCES "customer"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_order" ADD CONSTRAINT "work_order_org_id_vehicle_id_fkey" FOREIGN KEY ("org_id", "vehicle_id") REFERENCES "vehicle"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_org_id_customer_id_fkey" FOREIGN KEY ("org_id", "customer_id") REFERENCES "customer"("org_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_fkey" FOREIGN KEY ("inviter_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;


