-- Auto top-up: what an organisation has configured, what somebody confirmed, each charge, and the links on which a
-- cardholder authenticates one. The account gets a second mark beside the warnings': a balance below which somebody wants
-- to know. It joins `wake_at`, so that settling asks nothing more than before.
-- Locks: `credit_account` and `stripe_customer` for a moment, each for a column without a default. Undo: drop the four
-- tables and both columns, and remove the waiting `charge-top-up` and `look-at-top-up` jobs.

ALTER TABLE credit_account ADD COLUMN wake_below BIGINT;
ALTER TABLE stripe_customer ADD COLUMN card_fingerprint TEXT;

CREATE TABLE top_up (
    org_id UUID NOT NULL,
    enabled BOOLEAN NOT NULL,
    threshold BIGINT NOT NULL,
    pack_id UUID NOT NULL,
    monthly_limit_pence INTEGER,
    consent_id UUID NOT NULL,
    paused_reason TEXT,
    rest_until TIMESTAMPTZ(3),
    rest_reason TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    failed_fingerprint TEXT,
    version INTEGER NOT NULL,
    saved_at TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT top_up_pkey PRIMARY KEY (org_id),
    CONSTRAINT top_up_threshold_at_least CHECK (threshold >= 10000000),
    CONSTRAINT top_up_limit_positive CHECK (monthly_limit_pence > 0),
    CONSTRAINT top_up_failures_counted CHECK (failures >= 0),
    CONSTRAINT top_up_rests_for_a_reason CHECK ((rest_until IS NULL) = (rest_reason IS NULL))
);
CREATE INDEX top_up_enabled ON top_up (org_id) WHERE enabled AND paused_reason IS NULL;

CREATE TABLE top_up_consent (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    given_at TIMESTAMPTZ(3) NOT NULL,
    threshold BIGINT NOT NULL,
    pack_id UUID NOT NULL,
    pack_name TEXT NOT NULL,
    credits BIGINT NOT NULL,
    price_pence INTEGER NOT NULL,
    monthly_limit_pence INTEGER,
    words TEXT NOT NULL,
    CONSTRAINT top_up_consent_pkey PRIMARY KEY (org_id, id)
);
CREATE TRIGGER top_up_consent_append_only BEFORE UPDATE OR DELETE ON top_up_consent
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE top_up_attempt (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    order_id UUID NOT NULL,
    consent_id UUID NOT NULL,
    -- charge: the saved card, by itself; link: the cardholder, on a page of Stripe's
    via TEXT NOT NULL,
    claimed_at TIMESTAMPTZ(3) NOT NULL,
    -- The London month whose limit it counts towards.
    month TEXT NOT NULL,
    price_pence INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'open',
    reason TEXT,
    customer_id TEXT,
    payment_intent_id TEXT,
    payment_method_id TEXT,
    card_fingerprint TEXT,
    card_last4 TEXT,
    ended_at TIMESTAMPTZ(3),
    CONSTRAINT top_up_attempt_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT top_up_attempt_via_known CHECK (via IN ('charge', 'link')),
    CONSTRAINT top_up_attempt_status_known
      CHECK (status IN ('open', 'paid', 'failed', 'needs_authentication', 'withdrawn')),
    CONSTRAINT top_up_attempt_ended_with_status CHECK ((status = 'open') = (ended_at IS NULL)),
    CONSTRAINT top_up_attempt_price_positive CHECK (price_pence > 0)
);
-- The claim itself: whoever comes second finds this one.
CREATE UNIQUE INDEX top_up_attempt_one_open ON top_up_attempt (org_id) WHERE status = 'open';
CREATE UNIQUE INDEX top_up_attempt_once_per_order ON top_up_attempt (org_id, order_id);
CREATE INDEX top_up_attempt_latest ON top_up_attempt (org_id, claimed_at DESC);
-- What reconciliation still has to finish.
CREATE INDEX top_up_attempt_unfinished ON top_up_attempt (claimed_at) WHERE status = 'open';

CREATE TABLE top_up_link (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    -- The attempt that the bank wanted the cardholder for.
    attempt_id UUID NOT NULL,
    token_hash TEXT NOT NULL,
    made_at TIMESTAMPTZ(3) NOT NULL,
    expires_at TIMESTAMPTZ(3) NOT NULL,
    ended_at TIMESTAMPTZ(3),
    -- paid, or replaced by something the owner did
    outcome TEXT,
    CONSTRAINT top_up_link_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT top_up_link_ended_with_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX top_up_link_one_live ON top_up_link (org_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX top_up_link_by_token ON top_up_link (org_id, token_hash);
