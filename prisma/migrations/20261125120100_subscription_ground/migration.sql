-- The ground of subscriptions: an allowance is a target of each period, and periods are counted from the instant at which
-- the subscription began. renews_at says when the scheduler grants next, and is null where it does not, so that no query
-- asks which states renew. What a running period was given, and the most bays it counted, stand beside it.
-- Locks: credit_account exclusively while one row an organisation is rewritten. Undo: set anchor_day from anchor_at,
-- renews_at = period_ends_at where the state renews, and drop what is added here.

ALTER TABLE credit_account ADD COLUMN anchor_at TIMESTAMPTZ(3);
ALTER TABLE credit_account ADD COLUMN bays INTEGER;
ALTER TABLE credit_account ADD COLUMN ends_at TIMESTAMPTZ(3);
ALTER TABLE credit_account ADD COLUMN period_ends_at TIMESTAMPTZ(3);
ALTER TABLE credit_account ADD COLUMN period_granted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE credit_account ADD COLUMN period_bays INTEGER;

-- The instant is not known: the last London midnight of that day of the month, up to the account's opening, gives the
-- same periods. Two months hold every day from 1 to 31.
UPDATE credit_account AS account
SET anchor_at = (
  SELECT max(day) AT TIME ZONE 'Europe/London'
  FROM generate_series((account.created_at AT TIME ZONE 'Europe/London')::date - 62,
                       (account.created_at AT TIME ZONE 'Europe/London')::date, interval '1 day') AS day
  WHERE extract(day FROM day) = account.anchor_day);

-- renews_at was the end of the period that was granted last. What was granted for it are the monthly lots that end then;
-- a trial's one lot ends with the trial.
UPDATE credit_account AS account
SET period_ends_at = account.renews_at,
    period_granted = (
      SELECT coalesce(sum(lot.granted), 0) FROM credit_lot AS lot
      WHERE lot.org_id = account.org_id AND lot.kind = 'monthly'
        AND lot.expires_at = coalesce(account.renews_at, 'infinity')),
    renews_at = CASE WHEN account.state IN ('active', 'grandfathered') THEN account.renews_at END;

ALTER TABLE credit_account ALTER COLUMN anchor_at SET NOT NULL;
ALTER TABLE credit_account DROP COLUMN anchor_day;
ALTER TABLE credit_account ADD CONSTRAINT credit_account_bays_in_range CHECK (bays BETWEEN 1 AND 50);
ALTER TABLE credit_account ADD CONSTRAINT credit_account_period_granted_not_negative CHECK (period_granted >= 0);
