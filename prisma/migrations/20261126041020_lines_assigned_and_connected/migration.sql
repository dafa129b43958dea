-- Why: support assigns a number to a garage, and the garage connects it; until then it serves nobody. What a provider says of a
-- line, when it last reached us, and what was sent to try it are kept. One row for each identity: a number has one owner.
-- Every line that is there is connected. A provider's own id beside a garage's only number on that channel is its alias.
-- Locks: ACCESS EXCLUSIVE on channel_number (a row for each line) for a moment.
-- Undo: DROP TABLE line_reading, line_test; ALTER TABLE channel_number DROP COLUMN alias_of, DROP COLUMN number,
-- DROP COLUMN assigned_at, DROP COLUMN connected_at, DROP COLUMN reached_at;
ALTER TABLE "channel_number" ADD COLUMN "alias_of" TEXT, ADD COLUMN "number" TEXT,
    ADD COLUMN "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "connected_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "reached_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "channel_number_of_garage" ON "channel_number"("channel", "identity", "org_id");
UPDATE channel_number AS n SET alias_of = own.identity
FROM (SELECT org_id, channel, min(identity) AS identity FROM channel_number
      WHERE channel <> 'whatsapp' AND identity LIKE '+%' GROUP BY org_id, channel HAVING count(*) = 1) AS own
WHERE n.org_id = own.org_id AND n.channel = own.channel AND n.identity NOT LIKE '+%';
ALTER TABLE "channel_number" ADD CONSTRAINT "channel_number_alias_of_fkey" FOREIGN KEY ("channel", "alias_of", "org_id")
    REFERENCES "channel_number"("channel", "identity", "org_id") ON DELETE CASCADE ON UPDATE NO ACTION;

CREATE TABLE "line_reading" (
    "org_id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "identity" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "reading" JSONB,
    "failure" TEXT,
    "failing_since" TIMESTAMPTZ(3),

    CONSTRAINT "line_reading_pkey" PRIMARY KEY ("org_id","channel","identity")
);

CREATE TABLE "line_test" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "identity" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "sent_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "provider_id" TEXT,
    "failure" TEXT,

    CONSTRAINT "line_test_pkey" PRIMARY KEY ("org_id","id")
);

CREATE INDEX "line_test_org_id_channel_identity_at_idx" ON "line_test"("org_id", "channel", "identity", "at");
