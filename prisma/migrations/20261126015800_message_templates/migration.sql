-- Why: WhatsApp templates are read from Meta by business account, which its webhooks name, and offered to staff.
-- Locks: ACCESS EXCLUSIVE on channel_number (a row for each line) for a moment.
-- Undo: DROP TABLE message_template, template_reading; ALTER TABLE channel_number DROP COLUMN account_id;
ALTER TABLE "channel_number" ADD COLUMN "account_id" TEXT;
CREATE INDEX "channel_number_account_id_idx" ON "channel_number"("account_id");

CREATE TABLE "message_template" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "unusable" TEXT,

    CONSTRAINT "message_template_pkey" PRIMARY KEY ("org_id","id")
);

CREATE TABLE "template_reading" (
    "org_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "template_reading_pkey" PRIMARY KEY ("org_id","account_id")
);

CREATE UNIQUE INDEX "message_template_once_per_language" ON "message_template"("org_id", "account_id", "name", "language");
