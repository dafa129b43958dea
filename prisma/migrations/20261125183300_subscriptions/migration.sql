-- Subscriptions: the plan that is sold, what was asked for at Choose Your Plan, and what Stripe last said of each
-- subscription and invoice. A customer whom Stripe has deleted stays known, so that the next one is made in its place.
-- Whether an allowance is the organisation's own figure is stored: a trial's figure is none, and looked the same.
-- Locks: stripe_customer and credit_account for a moment; credit_account is rewritten once, one row per organisation.
-- Undo: drop the four tables and the columns added here.

CREATE TABLE subscription_plan (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    product_id TEXT NOT NULL,
    monthly_price_id TEXT NOT NULL,
    yearly_price_id TEXT NOT NULL,
    tax_rate_id TEXT NOT NULL,
    monthly_pence INTEGER NOT NULL,
    yearly_pence INTEGER NOT NULL,
    tax_percent NUMERIC(7, 4) NOT NULL,
    credits_per_bay BIGINT NOT NULL,
    current BOOLEAN NOT NULL,
    set_at TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT subscription_plan_pkey PRIMARY KEY (id),
    CONSTRAINT subscription_plan_one_per_prices UNIQUE (monthly_price_id, yearly_price_id),
    CONSTRAINT subscription_plan_amounts_positive CHECK (monthly_pence > 0 AND yearly_pence > 0 AND credits_per_bay > 0),
    CONSTRAINT subscription_plan_tax_in_range CHECK (tax_percent >= 0 AND tax_percent <= 100)
);
CREATE UNIQUE INDEX subscription_plan_one_current ON subscription_plan (current) WHERE current;

CREATE TABLE subscription_order (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    bays INTEGER NOT NULL,
    interval TEXT NOT NULL,
    price_id TEXT NOT NULL,
    tax_rate_id TEXT NOT NULL,
    unit_pence INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'open',
    session_id TEXT,
    subscription_id TEXT,
    created_at TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT subscription_order_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT subscription_order_once_per_session UNIQUE (org_id, session_id),
    CONSTRAINT subscription_order_bays_in_range CHECK (bays BETWEEN 1 AND 50),
    CONSTRAINT subscription_order_interval_known CHECK (interval IN ('month', 'year')),
    CONSTRAINT subscription_order_status_known CHECK (status IN ('open', 'completed', 'expired'))
);
-- Two tabs, two browsers, two people of one garage: one open order, and so one session that can be paid.
CREATE UNIQUE INDEX subscription_order_one_open ON subscription_order (org_id) WHERE status = 'open';
-- What reconciliation still has to ask about.
CREATE INDEX subscription_order_unfinished ON subscription_order (created_at) WHERE status = 'open';

CREATE TABLE stripe_subscription (
    org_id UUID NOT NULL,
    subscription_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    price_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    interval TEXT,
    bays INTEGER NOT NULL,
    unit_pence INTEGER NOT NULL,
    tax_percent NUMERIC(7, 4) NOT NULL,
    currency TEXT NOT NULL,
    began_at TIMESTAMPTZ(3) NOT NULL,
    ends_at TIMESTAMPTZ(3),
    ended_at TIMESTAMPTZ(3),
    next_invoice_at TIMESTAMPTZ(3),
    next_invoice_pence INTEGER,
    outcome TEXT NOT NULL,
    read_at TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT stripe_subscription_pkey PRIMARY KEY (org_id, subscription_id),
    CONSTRAINT stripe_subscription_interval_known CHECK (interval IN ('month', 'year'))
);
-- A subscription stays with the organisation that it was first applied to.
CREATE INDEX stripe_subscription_by_id ON stripe_subscription (subscription_id);
-- Those that reconciliation looks at each day.
CREATE INDEX stripe_subscription_living ON stripe_subscription (read_at)
    WHERE status NOT IN ('canceled', 'incomplete_expired');

CREATE TABLE stripe_invoice (
    org_id UUID NOT NULL,
    invoice_id TEXT NOT NULL,
    subscription_id TEXT NOT NULL,
    number TEXT,
    status TEXT NOT NULL,
    billing_reason TEXT,
    currency TEXT NOT NULL,
    total_pence INTEGER NOT NULL,
    tax_pence INTEGER NOT NULL,
    remaining_pence INTEGER NOT NULL,
    has_page BOOLEAN NOT NULL,
    has_pdf BOOLEAN NOT NULL,
    dispute_open BOOLEAN NOT NULL DEFAULT false,
    covers_from TIMESTAMPTZ(3),
    covers_to TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL,
    finalised_at TIMESTAMPTZ(3),
    next_attempt_at TIMESTAMPTZ(3),
    read_at TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT stripe_invoice_pkey PRIMARY KEY (org_id, invoice_id)
);
CREATE INDEX stripe_invoice_latest ON stripe_invoice (org_id, created_at DESC);
CREATE INDEX stripe_invoice_by_id ON stripe_invoice (invoice_id);
CREATE INDEX stripe_invoice_disputed ON stripe_invoice (read_at) WHERE dispute_open;

ALTER TABLE stripe_customer ADD COLUMN deleted_at TIMESTAMPTZ(3);
ALTER TABLE stripe_customer ADD COLUMN card_brand TEXT;
ALTER TABLE stripe_customer ADD COLUMN card_last4 TEXT;
ALTER TABLE stripe_customer ADD COLUMN card_exp_month INTEGER;
ALTER TABLE stripe_customer ADD COLUMN card_exp_year INTEGER;
CREATE INDEX stripe_customer_by_id ON stripe_customer (customer_id);

ALTER TABLE credit_account ADD COLUMN own_allowance BOOLEAN NOT NULL DEFAULT false;
-- Until now every figure was set by hand, and those without bays count as the organisation's own.
UPDATE credit_account SET own_allowance = true WHERE bays IS NULL AND state <> 'trial' AND allowance > 0;
