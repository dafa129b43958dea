-- What Prisma cannot say of the ledger: conditions, append-only triggers, storage, and indexes over a condition.
-- Locks: new tables only. Undo: drop the named constraints, triggers and functions below.

ALTER TABLE credit_account
  ADD CONSTRAINT credit_account_overdraft_not_negative CHECK (overdraft >= 0),
  -- balance + overdraft is what the open lots hold; an overdraft leaves no lot open.
  ADD CONSTRAINT credit_account_lots_not_negative CHECK (balance + overdraft >= 0),
  ADD CONSTRAINT credit_account_overdraft_means_no_open_lot CHECK (overdraft = 0 OR balance = -overdraft),
  ADD CONSTRAINT credit_account_allowance_not_negative CHECK (allowance >= 0),
  ADD CONSTRAINT credit_account_trial_not_negative CHECK (trial_cap_micro_gbp >= 0 AND trial_spent_micro_gbp >= 0),
  ADD CONSTRAINT credit_account_anchor_day_in_month CHECK (anchor_day BETWEEN 1 AND 31),
  ADD CONSTRAINT credit_account_frozen_with_reason CHECK ((frozen_at IS NULL) = (frozen_reason IS NULL));

ALTER TABLE credit_lot
  ADD CONSTRAINT credit_lot_granted_positive CHECK (granted > 0),
  ADD CONSTRAINT credit_lot_remaining_within_granted CHECK (remaining BETWEEN 0 AND granted),
  ADD CONSTRAINT credit_lot_reversed_within_granted CHECK (reversed BETWEEN 0 AND granted),
  ADD CONSTRAINT credit_lot_open_while_remaining CHECK (open = (remaining > 0)),
  ADD CONSTRAINT credit_lot_purchased_never_expires CHECK (kind <> 'purchased' OR expires_at = 'infinity'),
  ADD CONSTRAINT credit_lot_expires_after_effective CHECK (expires_at > effective_at);

ALTER TABLE ledger_entry
  ADD CONSTRAINT ledger_entry_amount_not_zero CHECK (amount <> 0),
  ADD CONSTRAINT ledger_entry_sign_of_kind CHECK (
    CASE kind WHEN 'grant' THEN amount > 0 WHEN 'usage' THEN amount < 0 WHEN 'expiry' THEN amount < 0 ELSE true END),
  ADD CONSTRAINT ledger_entry_seq_positive CHECK (seq > 0);

ALTER TABLE interaction
  ADD CONSTRAINT interaction_cost_not_negative CHECK (cost_micro_usd >= 0),
  ADD CONSTRAINT interaction_credits_not_negative CHECK (credits >= 0),
  ADD CONSTRAINT interaction_settled_whole CHECK ((settled_at IS NULL) = (credits IS NULL) AND (settled_at IS NULL) = (cost_micro_usd IS NULL)),
  ADD CONSTRAINT interaction_only_billable_costs CHECK (billable OR credits IS NULL OR credits = 0),
  ADD CONSTRAINT interaction_degraded_is_free CHECK (mode = 'full' OR NOT billable),
  ADD CONSTRAINT interaction_level_known CHECK (level BETWEEN 0 AND 3),
  ADD CONSTRAINT interaction_degraded_has_reason CHECK ((mode = 'degraded') = (reason IS NOT NULL)),
  ADD CONSTRAINT interaction_reason_known CHECK (reason IN ('credit-exhaustion', 'trial-cap'));

ALTER TABLE usage_daily
  ADD CONSTRAINT usage_daily_not_negative CHECK (interactions >= 0 AND degraded >= 0 AND credits >= 0);

-- A line without a lot is overdraft, and a cause has one such line of a kind: null must count as a value.
DROP INDEX ledger_entry_once_per_cause;
CREATE UNIQUE INDEX ledger_entry_once_per_cause ON ledger_entry (cause, org_id, kind, lot_id) NULLS NOT DISTINCT;

-- The order of the draw. `remaining` is in no index: an index on it would forbid heap-only updates.
CREATE INDEX credit_lot_draw_order ON credit_lot (org_id, kind, expires_at, id) WHERE open;

-- A threshold speaks once until it is re-armed.
CREATE UNIQUE INDEX credit_warning_once_while_armed ON credit_warning (org_id, threshold) WHERE rearmed_at IS NULL;
ALTER TABLE credit_warning ADD CONSTRAINT credit_warning_threshold_known CHECK (threshold IN (75, 90, 100));

-- Rows that are updated in place want room on their page.
ALTER TABLE credit_account SET (fillfactor = 45);
ALTER TABLE credit_lot SET (fillfactor = 45);
ALTER TABLE interaction SET (fillfactor = 50);
ALTER TABLE usage_daily SET (fillfactor = 50);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, lower(TG_OP)
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_not_truncated BEFORE TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_lot_kept BEFORE DELETE ON credit_lot
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_account_kept BEFORE DELETE ON credit_account
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The mode is fixed when an interaction starts, and it settles once.
CREATE TRIGGER interaction_fixed_once_settled BEFORE UPDATE ON interaction
  FOR EACH ROW WHEN (
    OLD.settled_at IS NOT NULL OR OLD.mode <> NEW.mode OR OLD.level <> NEW.level
    OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.billable <> NEW.billable)
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER interaction_kept BEFORE DELETE ON interaction
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Second guard of the sums: what was just posted must end where the account stands, without a gap in its sequence.
CREATE FUNCTION ledger_entry_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT org_id, max(seq) AS last, max(seq) - min(seq) + 1 AS span, count(*) AS lines
                 FROM posted GROUP BY org_id) AS e
    JOIN posted AS p ON p.org_id = e.org_id AND p.seq = e.last
    LEFT JOIN credit_account AS a ON a.org_id = e.org_id
    WHERE e.span <> e.lines OR a.entry_seq IS DISTINCT FROM e.last OR a.balance IS DISTINCT FROM p.balance_after)
  THEN
    RAISE EXCEPTION 'ledger entries and account are out of step'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_entry_in_step', TABLE = 'ledger_entry';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_in_step AFTER INSERT ON ledger_entry
  REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_in_step();
