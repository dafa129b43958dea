-- Why: advisors work the inbox off: conversations are assigned, done or snoozed, are read by each member, and have notes and
--   a history beside their messages; an organisation keeps words that its people use again and again.
-- Locks: ACCESS EXCLUSIVE on conversation while its check is validated; then its rows that are backfilled.
-- Undo: DROP TABLE conversation_read, conversation_event, canned_response; ALTER TABLE conversation DROP COLUMN assigned_to,
--   DROP COLUMN done_at, DROP COLUMN snoozed_until, DROP COLUMN last_inbound_at, DROP COLUMN degraded_reason;
ALTER TABLE "conversation"
  ADD COLUMN "assigned_to" UUID,
  ADD COLUMN "done_at" TIMESTAMPTZ(3),
  ADD COLUMN "snoozed_until" TIMESTAMPTZ(3),
  ADD COLUMN "last_inbound_at" TIMESTAMPTZ(3),
  ADD COLUMN "degraded_reason" TEXT;

-- What is done waits for nobody, and nobody holds it: whatever wants a person reopens it.
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_done_wants_nobody"
  CHECK (done_at IS NULL OR (NOT needs_attention AND held_by IS NULL AND snoozed_until IS NULL));
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_degraded_reason_known"
  CHECK (degraded_reason IN ('credit-exhaustion', 'trial-cap'));

-- Only what waits for a person now is news: nobody finds years of dealt-with conversations unread.
UPDATE "conversation" AS c SET last_inbound_at = latest.at
FROM (
  SELECT m.org_id, m.conversation_id, max(m.received_at) AS at FROM "message" AS m
  WHERE m.direction = 'inbound' AND m.type NOT IN ('reaction', 'edit', 'revoke', 'system')
  GROUP BY m.org_id, m.conversation_id
) AS latest
WHERE c.org_id = latest.org_id AND c.id = latest.conversation_id AND c.needs_attention;

UPDATE "conversation" AS c SET degraded_reason = latest.reason
FROM (
  SELECT DISTINCT ON (m.org_id, m.conversation_id) m.org_id, m.conversation_id, m.degradation_reason AS reason
  FROM "message" AS m WHERE m.degraded ORDER BY m.org_id, m.conversation_id, m.received_at DESC
) AS latest
WHERE c.org_id = latest.org_id AND c.id = latest.conversation_id;

CREATE TABLE "conversation_read" (
    "org_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "read_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_read_pkey" PRIMARY KEY ("org_id", "conversation_id", "user_id")
);

CREATE TABLE "conversation_event" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT,
    "to_user_id" UUID,
    "until" TIMESTAMPTZ(3),
    "source_key" TEXT,

    CONSTRAINT "conversation_event_pkey" PRIMARY KEY ("org_id", "id"),
    CONSTRAINT "conversation_event_kind_known" CHECK (kind IN (
      'note', 'assigned', 'done', 'reopened', 'snoozed', 'snooze_over', 'taken_over', 'handed_back')),
    CONSTRAINT "conversation_event_note_has_body" CHECK ((kind = 'note') = (body IS NOT NULL)),
    CONSTRAINT "conversation_event_snooze_has_end" CHECK ((kind = 'snoozed') = (until IS NOT NULL))
);

CREATE TABLE "canned_response" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shortcut" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_by" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "canned_response_pkey" PRIMARY KEY ("org_id", "id"),
    CONSTRAINT "canned_response_shortcut_typed" CHECK (shortcut ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

CREATE INDEX "conversation_event_org_id_conversation_id_at_idx" ON "conversation_event"("org_id", "conversation_id", "at");
CREATE UNIQUE INDEX "conversation_event_once_per_source" ON "conversation_event"("org_id", "source_key");
CREATE UNIQUE INDEX "canned_response_once_per_shortcut" ON "canned_response"("org_id", "shortcut");

ALTER TABLE "conversation_read" ADD CONSTRAINT "conversation_read_org_id_conversation_id_fkey"
  FOREIGN KEY ("org_id", "conversation_id") REFERENCES "conversation"("org_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "conversation_event" ADD CONSTRAINT "conversation_event_org_id_conversation_id_fkey"
  FOREIGN KEY ("org_id", "conversation_id") REFERENCES "conversation"("org_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
