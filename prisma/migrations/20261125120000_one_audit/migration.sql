-- One audit for the acts of support and of members: who did what, under which key, why, and what stood before and after.
-- An act on the platform itself (a credit pack) has no organisation. What support_action held moves over.
-- Locks: a new table; support_action exclusively, until it is gone. Undo: make support_action anew from the rows whose
-- actor begins with 'support:' (body = input), then drop audit_act.

-- CreateTable
CREATE TABLE "audit_act" (
    "id" UUID NOT NULL,
    "org_id" UUID,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_act_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_act_org_id_at_idx" ON "audit_act"("org_id", "at");

-- A key acts once in an organisation, and once on the platform: null counts as a value.
CREATE UNIQUE INDEX audit_act_once_per_key ON audit_act (org_id, key) NULLS NOT DISTINCT;

INSERT INTO audit_act (id, org_id, actor, action, key, reason, input, after, at)
SELECT id, org_id, actor, action, key, reason, body, body, at FROM support_action;

CREATE TRIGGER audit_act_append_only BEFORE UPDATE OR DELETE ON audit_act
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_act_not_truncated BEFORE TRUNCATE ON audit_act
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- DropTable
DROP TABLE "support_action";
