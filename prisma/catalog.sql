-- What the migrations make of schema public, beyond columns: functions, triggers, constraints, indexes.
-- Written by `npm run catalog`; a test compares it with the database. Not to be edited or run.

-- Enums

CREATE TYPE channel AS ENUM ('voice', 'whatsapp', 'sms', 'diagnostics');
CREATE TYPE delivery_status AS ENUM ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'withdrawn');
CREATE TYPE entry_kind AS ENUM ('grant', 'usage', 'expiry', 'reversal', 'adjustment');
CREATE TYPE interaction_mode AS ENUM ('full', 'degraded');
CREATE TYPE lot_kind AS ENUM ('monthly', 'gifted', 'purchased');
CREATE TYPE message_author AS ENUM ('customer', 'ai', 'canned', 'staff');
CREATE TYPE message_direction AS ENUM ('inbound', 'outbound');
CREATE TYPE subscription_state AS ENUM ('trial', 'active', 'grandfathered', 'past_due', 'canceled', 'demo');

-- Storage options

ALTER TABLE credit_account SET (fillfactor=45);
ALTER TABLE credit_lot SET (fillfactor=45);
ALTER TABLE interaction SET (fillfactor=50);
ALTER INDEX ledger_entry_posted SET (autosummarize=on);
ALTER TABLE usage_daily SET (fillfactor=50);

-- Constraints

ALTER TABLE "user" ADD CONSTRAINT user_pkey PRIMARY KEY (id);
ALTER TABLE account ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE account ADD CONSTRAINT account_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE;
ALTER TABLE appointment ADD CONSTRAINT appointment_org_id_customer_id_fkey FOREIGN KEY (org_id, customer_id) REFERENCES customer(org_id, id);
ALTER TABLE appointment ADD CONSTRAINT appointment_pkey PRIMARY KEY (org_id, id);
ALTER TABLE audit_act ADD CONSTRAINT audit_act_pkey PRIMARY KEY (id);
ALTER TABLE call_back ADD CONSTRAINT call_back_pkey PRIMARY KEY (org_id, id);
ALTER TABLE call_back_attempt ADD CONSTRAINT call_back_attempt_org_id_call_back_id_fkey FOREIGN KEY (org_id, call_back_id) REFERENCES call_back(org_id, id) ON DELETE CASCADE;
ALTER TABLE call_back_attempt ADD CONSTRAINT call_back_attempt_outcome_known CHECK ((outcome = ANY (ARRAY['no-answer'::text, 'voicemail'::text, 'spoke'::text, 'wrong-number'::text])));
ALTER TABLE call_back_attempt ADD CONSTRAINT call_back_attempt_pkey PRIMARY KEY (org_id, call_back_id, id);
ALTER TABLE canned_response ADD CONSTRAINT canned_response_pkey PRIMARY KEY (org_id, id);
ALTER TABLE canned_response ADD CONSTRAINT canned_response_shortcut_typed CHECK ((shortcut ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE channel_number ADD CONSTRAINT channel_number_alias_of_fkey FOREIGN KEY (channel, alias_of, org_id) REFERENCES channel_number(channel, identity, org_id) ON DELETE CASCADE;
ALTER TABLE channel_number ADD CONSTRAINT channel_number_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id) ON DELETE CASCADE;
ALTER TABLE channel_number ADD CONSTRAINT channel_number_pkey PRIMARY KEY (channel, identity);
ALTER TABLE clock_offset ADD CONSTRAINT clock_offset_is_not_behind CHECK ((ahead_ms >= 0));
ALTER TABLE clock_offset ADD CONSTRAINT clock_offset_is_one_row CHECK (id);
ALTER TABLE clock_offset ADD CONSTRAINT clock_offset_pkey PRIMARY KEY (id);
ALTER TABLE consent_record ADD CONSTRAINT consent_record_kind_known CHECK ((kind = ANY (ARRAY['opt_out'::text, 'opt_in'::text])));
ALTER TABLE consent_record ADD CONSTRAINT consent_record_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES contact(org_id, id) ON DELETE CASCADE;
ALTER TABLE consent_record ADD CONSTRAINT consent_record_pkey PRIMARY KEY (org_id, id);
ALTER TABLE contact ADD CONSTRAINT contact_pkey PRIMARY KEY (org_id, id);
ALTER TABLE conversation ADD CONSTRAINT conversation_degraded_reason_known CHECK ((degraded_reason = ANY (ARRAY['credit-exhaustion'::text, 'trial-cap'::text])));
ALTER TABLE conversation ADD CONSTRAINT conversation_done_wants_nobody CHECK (((done_at IS NULL) OR ((NOT needs_attention) AND (held_by IS NULL) AND (snoozed_until IS NULL))));
ALTER TABLE conversation ADD CONSTRAINT conversation_held_since CHECK (((held_by IS NULL) = (held_since IS NULL)));
ALTER TABLE conversation ADD CONSTRAINT conversation_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES contact(org_id, id) ON DELETE CASCADE;
ALTER TABLE conversation ADD CONSTRAINT conversation_pkey PRIMARY KEY (org_id, id);
ALTER TABLE conversation_event ADD CONSTRAINT conversation_event_kind_known CHECK ((kind = ANY (ARRAY['note'::text, 'assigned'::text, 'done'::text, 'reopened'::text, 'snoozed'::text, 'snooze_over'::text, 'taken_over'::text, 'handed_back'::text])));
ALTER TABLE conversation_event ADD CONSTRAINT conversation_event_note_has_body CHECK (((kind = 'note'::text) = (body IS NOT NULL)));
ALTER TABLE conversation_event ADD CONSTRAINT conversation_event_org_id_conversation_id_fkey FOREIGN KEY (org_id, conversation_id) REFERENCES conversation(org_id, id) ON DELETE CASCADE;
ALTER TABLE conversation_event ADD CONSTRAINT conversation_event_pkey PRIMARY KEY (org_id, id);
ALTER TABLE conversation_event ADD CONSTRAINT conversation_event_snooze_has_end CHECK (((kind = 'snoozed'::text) = (until IS NOT NULL)));
ALTER TABLE conversation_read ADD CONSTRAINT conversation_read_org_id_conversation_id_fkey FOREIGN KEY (org_id, conversation_id) REFERENCES conversation(org_id, id) ON DELETE CASCADE;
ALTER TABLE conversation_read ADD CONSTRAINT conversation_read_pkey PRIMARY KEY (org_id, conversation_id, user_id);
ALTER TABLE conversation_word ADD CONSTRAINT conversation_word_pkey PRIMARY KEY (org_id, conversation_id, word);
ALTER TABLE credit_account ADD CONSTRAINT credit_account_allowance_not_negative CHECK ((allowance >= 0));
ALTER TABLE credit_account ADD CONSTRAINT credit_account_bays_in_range CHECK (((bays >= 1) AND (bays <= 50)));
ALTER TABLE credit_account ADD CONSTRAINT credit_account_frozen_with_reason CHECK (((frozen_at IS NULL) = (frozen_reason IS NULL)));
ALTER TABLE credit_account ADD CONSTRAINT credit_account_lots_not_negative CHECK (((balance + overdraft) >= 0));
ALTER TABLE credit_account ADD CONSTRAINT credit_account_overdraft_means_no_open_lot CHECK (((overdraft = 0) OR (balance = (- overdraft))));
ALTER TABLE credit_account ADD CONSTRAINT credit_account_overdraft_not_negative CHECK ((overdraft >= 0));
ALTER TABLE credit_account ADD CONSTRAINT credit_account_period_granted_not_negative CHECK ((period_granted >= 0));
ALTER TABLE credit_account ADD CONSTRAINT credit_account_pkey PRIMARY KEY (org_id);
ALTER TABLE credit_account ADD CONSTRAINT credit_account_trial_not_negative CHECK (((trial_cap_micro_gbp >= 0) AND (trial_spent_micro_gbp >= 0)));
ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_expires_after_effective CHECK ((expires_at > effective_at));
ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_granted_positive CHECK ((granted > 0));
ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_open_while_remaining CHECK ((open = (remaining > 0)));
ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_pkey PRIMARY KEY (org_id, id);
ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_purchased_never_expires CHECK (((kind <> 'purchased'::lot_kind) OR (expires_at = 'infinity'::timestamp with time zone)));
ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_remaining_within_granted CHECK (((remaining >= 0) AND (remaining <= granted)));
ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_reversed_within_granted CHECK (((reversed >= 0) AND (reversed <= granted)));
ALTER TABLE credit_order ADD CONSTRAINT credit_order_amounts_positive CHECK (((credits > 0) AND (price_pence > 0)));
ALTER TABLE credit_order ADD CONSTRAINT credit_order_method_known CHECK ((method = ANY (ARRAY['checkout'::text, 'auto_top_up'::text, 'invoice'::text])));
ALTER TABLE credit_order ADD CONSTRAINT credit_order_ordered_by_somebody CHECK (((user_id IS NOT NULL) OR (rule IS NOT NULL)));
ALTER TABLE credit_order ADD CONSTRAINT credit_order_pkey PRIMARY KEY (org_id, id);
ALTER TABLE credit_order ADD CONSTRAINT credit_order_status_known CHECK ((status = ANY (ARRAY['open'::text, 'needs_authentication'::text, 'processing'::text, 'paid'::text, 'failed'::text, 'expired'::text])));
ALTER TABLE credit_pack ADD CONSTRAINT credit_pack_amounts_positive CHECK (((credits >= 1000000) AND ((credits % (1000000)::bigint) = 0) AND (price_pence > 0)));
ALTER TABLE credit_pack ADD CONSTRAINT credit_pack_pkey PRIMARY KEY (id);
ALTER TABLE credit_purchase ADD CONSTRAINT credit_purchase_amounts_positive CHECK (((credits > 0) AND (price_pence >= 0)));
ALTER TABLE credit_purchase ADD CONSTRAINT credit_purchase_bought_while_known CHECK ((bought_while = ANY (ARRAY['frozen'::text, 'trial'::text, 'past_due'::text, 'canceled'::text, 'demo'::text])));
ALTER TABLE credit_purchase ADD CONSTRAINT credit_purchase_pkey PRIMARY KEY (org_id, id);
ALTER TABLE credit_purchase ADD CONSTRAINT credit_purchase_returned_within_price CHECK (((returned_pence >= 0) AND (returned_pence <= price_pence)));
ALTER TABLE credit_purchase ADD CONSTRAINT credit_purchase_source_known CHECK ((source = ANY (ARRAY['manual'::text, 'auto_top_up'::text])));
ALTER TABLE credit_purchase ADD CONSTRAINT credit_purchase_status_known CHECK ((status = ANY (ARRAY['paid'::text, 'partly_refunded'::text, 'refunded'::text, 'disputed'::text, 'charged_back'::text])));
ALTER TABLE credit_warning ADD CONSTRAINT credit_warning_pkey PRIMARY KEY (org_id, threshold, warned_at);
ALTER TABLE credit_warning ADD CONSTRAINT credit_warning_threshold_known CHECK ((threshold = ANY (ARRAY[75, 90, 100])));
ALTER TABLE customer ADD CONSTRAINT customer_pkey PRIMARY KEY (org_id, id);
ALTER TABLE diagnostic_query ADD CONSTRAINT diagnostic_query_pkey PRIMARY KEY (org_id, id);
ALTER TABLE early_status ADD CONSTRAINT early_status_failure_next_known CHECK ((failure_next = ANY (ARRAY['tell-staff'::text, 'close-window'::text, 'opted-out'::text, 'alert-operator'::text])));
ALTER TABLE early_status ADD CONSTRAINT early_status_pkey PRIMARY KEY (org_id, channel, provider_id, status);
ALTER TABLE fail_open ADD CONSTRAINT fail_open_pkey PRIMARY KEY (org_id, channel, provider_ref);
ALTER TABLE first_run_dismissal ADD CONSTRAINT first_run_dismissal_pkey PRIMARY KEY (org_id);
ALTER TABLE interaction ADD CONSTRAINT interaction_cost_not_negative CHECK ((cost_micro_usd >= 0));
ALTER TABLE interaction ADD CONSTRAINT interaction_credits_not_negative CHECK ((credits >= 0));
ALTER TABLE interaction ADD CONSTRAINT interaction_degraded_has_reason CHECK (((mode = 'degraded'::interaction_mode) = (reason IS NOT NULL)));
ALTER TABLE interaction ADD CONSTRAINT interaction_degraded_is_free CHECK (((mode = 'full'::interaction_mode) OR (NOT billable)));
ALTER TABLE interaction ADD CONSTRAINT interaction_level_known CHECK (((level >= 0) AND (level <= 3)));
ALTER TABLE interaction ADD CONSTRAINT interaction_only_billable_costs CHECK ((billable OR (credits IS NULL) OR (credits = 0)));
ALTER TABLE interaction ADD CONSTRAINT interaction_pkey PRIMARY KEY (org_id, channel, provider_ref);
ALTER TABLE interaction ADD CONSTRAINT interaction_reason_known CHECK ((reason = ANY (ARRAY['credit-exhaustion'::text, 'trial-cap'::text])));
ALTER TABLE interaction ADD CONSTRAINT interaction_settled_whole CHECK ((((settled_at IS NULL) = (credits IS NULL)) AND ((settled_at IS NULL) = (cost_micro_usd IS NULL))));
ALTER TABLE invitation ADD CONSTRAINT invitation_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES "user"(id) ON DELETE CASCADE;
ALTER TABLE invitation ADD CONSTRAINT invitation_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;
ALTER TABLE invitation ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);
ALTER TABLE latency_ladder ADD CONSTRAINT latency_ladder_level_known CHECK (((level >= 0) AND (level <= 2)));
ALTER TABLE latency_ladder ADD CONSTRAINT latency_ladder_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id) ON DELETE CASCADE;
ALTER TABLE latency_ladder ADD CONSTRAINT latency_ladder_pkey PRIMARY KEY (org_id);
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_amount_not_zero CHECK ((amount <> 0));
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_pkey PRIMARY KEY (org_id, seq);
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_seq_positive CHECK ((seq > 0));
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_sign_of_kind CHECK (
CASE kind
    WHEN 'grant'::entry_kind THEN (amount > 0)
    WHEN 'usage'::entry_kind THEN (amount < 0)
    WHEN 'expiry'::entry_kind THEN (amount < 0)
    ELSE true
END);
ALTER TABLE limit_counter ADD CONSTRAINT limit_counter_pkey PRIMARY KEY (key);
ALTER TABLE line_reading ADD CONSTRAINT line_reading_pkey PRIMARY KEY (org_id, channel, identity);
ALTER TABLE line_test ADD CONSTRAINT line_test_pkey PRIMARY KEY (org_id, id);
ALTER TABLE mail ADD CONSTRAINT mail_ended_with_status CHECK (((status = 'queued'::text) = (ended_at IS NULL)));
ALTER TABLE mail ADD CONSTRAINT mail_not_sent_for_a_reason CHECK (((status <> ALL (ARRAY['dropped'::text, 'failed'::text])) OR (reason IS NOT NULL)));
ALTER TABLE mail ADD CONSTRAINT mail_pkey PRIMARY KEY (org_id, id);
ALTER TABLE mail ADD CONSTRAINT mail_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'dropped'::text, 'failed'::text])));
ALTER TABLE mail_preference ADD CONSTRAINT mail_preference_pkey PRIMARY KEY (org_id, user_id, letter);
ALTER TABLE media ADD CONSTRAINT media_ended_with_state CHECK (((state = 'waiting'::text) = (ended_at IS NULL)));
ALTER TABLE media ADD CONSTRAINT media_failed_for_a_reason CHECK (((state <> 'failed'::text) OR (problem IS NOT NULL)));
ALTER TABLE media ADD CONSTRAINT media_from_somewhere CHECK (((provider_ref IS NOT NULL) OR (uploaded_by IS NOT NULL)));
ALTER TABLE media ADD CONSTRAINT media_kind_known CHECK ((kind = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text, 'document'::text, 'sticker'::text])));
ALTER TABLE media ADD CONSTRAINT media_pkey PRIMARY KEY (org_id, id);
ALTER TABLE media ADD CONSTRAINT media_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'stored'::text, 'expired'::text, 'failed'::text, 'removed'::text])));
ALTER TABLE media ADD CONSTRAINT media_stored_is_described CHECK (((state <> 'stored'::text) OR ((mime IS NOT NULL) AND (bytes IS NOT NULL) AND (sha256 IS NOT NULL))));
ALTER TABLE member ADD CONSTRAINT member_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id) ON DELETE CASCADE;
ALTER TABLE member ADD CONSTRAINT member_pkey PRIMARY KEY (id);
ALTER TABLE member ADD CONSTRAINT member_role_is_one_of_four CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'advisor'::text, 'technician'::text]))) NOT VALID;
ALTER TABLE member ADD CONSTRAINT member_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE;
ALTER TABLE message ADD CONSTRAINT message_customer_is_inbound CHECK (((direction = 'inbound'::message_direction) = (author = 'customer'::message_author)));
ALTER TABLE message ADD CONSTRAINT message_degradation_reason_known CHECK ((degradation_reason = ANY (ARRAY['credit-exhaustion'::text, 'trial-cap'::text])));
ALTER TABLE message ADD CONSTRAINT message_handling_known CHECK ((handling = ANY (ARRAY['shown'::text, 'queued'::text, 'answered'::text, 'handed-off'::text, 'degraded'::text, 'team'::text])));
ALTER TABLE message ADD CONSTRAINT message_handling_of_inbound CHECK (((handling IS NULL) OR (direction = 'inbound'::message_direction)));
ALTER TABLE message ADD CONSTRAINT message_org_id_conversation_id_fkey FOREIGN KEY (org_id, conversation_id) REFERENCES conversation(org_id, id) ON DELETE CASCADE;
ALTER TABLE message ADD CONSTRAINT message_pkey PRIMARY KEY (org_id, id);
ALTER TABLE message ADD CONSTRAINT message_source_of_outbound CHECK (((direction = 'outbound'::message_direction) = (source_key IS NOT NULL)));
ALTER TABLE message ADD CONSTRAINT message_status_of_outbound CHECK (((direction = 'outbound'::message_direction) = (status IS NOT NULL)));
ALTER TABLE message_template ADD CONSTRAINT message_template_pkey PRIMARY KEY (org_id, id);
ALTER TABLE message_unindexed ADD CONSTRAINT message_unindexed_pkey PRIMARY KEY (org_id, message_id);
ALTER TABLE number_holder ADD CONSTRAINT number_holder_pkey PRIMARY KEY (org_id, number, user_id);
ALTER TABLE one_time_link ADD CONSTRAINT one_time_link_email_lower CHECK ((email = lower(email)));
ALTER TABLE one_time_link ADD CONSTRAINT one_time_link_end_known CHECK ((ended = ANY (ARRAY['used'::text, 'withdrawn'::text])));
ALTER TABLE one_time_link ADD CONSTRAINT one_time_link_ended_at_once CHECK (((ended IS NULL) = (ended_at IS NULL)));
ALTER TABLE one_time_link ADD CONSTRAINT one_time_link_hash_is_sha256 CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE one_time_link ADD CONSTRAINT one_time_link_lasts CHECK ((expires_at > created_at));
ALTER TABLE one_time_link ADD CONSTRAINT one_time_link_pkey PRIMARY KEY (id);
ALTER TABLE organization ADD CONSTRAINT organization_pkey PRIMARY KEY (id);
ALTER TABLE personal_mail ADD CONSTRAINT personal_mail_ended_with_status CHECK (((status = 'queued'::text) = (ended_at IS NULL)));
ALTER TABLE personal_mail ADD CONSTRAINT personal_mail_not_sent_for_a_reason CHECK (((status <> ALL (ARRAY['dropped'::text, 'failed'::text])) OR (reason IS NOT NULL)));
ALTER TABLE personal_mail ADD CONSTRAINT personal_mail_one_recipient CHECK (((address IS NULL) <> (user_id IS NULL)));
ALTER TABLE personal_mail ADD CONSTRAINT personal_mail_pkey PRIMARY KEY (id);
ALTER TABLE personal_mail ADD CONSTRAINT personal_mail_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'dropped'::text, 'failed'::text])));
ALTER TABLE provider_event ADD CONSTRAINT provider_event_pkey PRIMARY KEY (provider, id);
ALTER TABLE session ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE session ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE;
ALTER TABLE stripe_customer ADD CONSTRAINT stripe_customer_pkey PRIMARY KEY (org_id);
ALTER TABLE stripe_invoice ADD CONSTRAINT stripe_invoice_pkey PRIMARY KEY (org_id, invoice_id);
ALTER TABLE stripe_payment ADD CONSTRAINT stripe_payment_outcome_known CHECK ((outcome = ANY (ARRAY['unpaid'::text, 'mismatch'::text, 'paid'::text])));
ALTER TABLE stripe_payment ADD CONSTRAINT stripe_payment_pence_not_negative CHECK (((received_pence >= 0) AND (refunded_pence >= 0) AND (lost_pence >= 0)));
ALTER TABLE stripe_payment ADD CONSTRAINT stripe_payment_pkey PRIMARY KEY (payment_intent_id);
ALTER TABLE stripe_payment ADD CONSTRAINT stripe_payment_version_positive CHECK ((version > 0));
ALTER TABLE stripe_subscription ADD CONSTRAINT stripe_subscription_interval_known CHECK (("interval" = ANY (ARRAY['month'::text, 'year'::text])));
ALTER TABLE stripe_subscription ADD CONSTRAINT stripe_subscription_pkey PRIMARY KEY (org_id, subscription_id);
ALTER TABLE subscription_order ADD CONSTRAINT subscription_order_bays_in_range CHECK (((bays >= 1) AND (bays <= 50)));
ALTER TABLE subscription_order ADD CONSTRAINT subscription_order_interval_known CHECK (("interval" = ANY (ARRAY['month'::text, 'year'::text])));
ALTER TABLE subscription_order ADD CONSTRAINT subscription_order_once_per_session UNIQUE (org_id, session_id);
ALTER TABLE subscription_order ADD CONSTRAINT subscription_order_pkey PRIMARY KEY (org_id, id);
ALTER TABLE subscription_order ADD CONSTRAINT subscription_order_status_known CHECK ((status = ANY (ARRAY['open'::text, 'completed'::text, 'expired'::text])));
ALTER TABLE subscription_plan ADD CONSTRAINT subscription_plan_amounts_positive CHECK (((monthly_pence > 0) AND (yearly_pence > 0) AND (credits_per_bay > 0)));
ALTER TABLE subscription_plan ADD CONSTRAINT subscription_plan_one_per_prices UNIQUE (monthly_price_id, yearly_price_id);
ALTER TABLE subscription_plan ADD CONSTRAINT subscription_plan_pkey PRIMARY KEY (id);
ALTER TABLE subscription_plan ADD CONSTRAINT subscription_plan_tax_in_range CHECK (((tax_percent >= (0)::numeric) AND (tax_percent <= (100)::numeric)));
ALTER TABLE template_reading ADD CONSTRAINT template_reading_pkey PRIMARY KEY (org_id, account_id);
ALTER TABLE test_call ADD CONSTRAINT test_call_known_status CHECK ((status = ANY (ARRAY['asked'::text, 'ringing'::text, 'in-progress'::text, 'ended'::text, 'failed'::text])));
ALTER TABLE test_call ADD CONSTRAINT test_call_not_negative CHECK (((duration_seconds >= 0) AND (cost_micro_usd >= 0)));
ALTER TABLE test_call ADD CONSTRAINT test_call_pkey PRIMARY KEY (org_id, id);
ALTER TABLE top_up ADD CONSTRAINT top_up_failures_counted CHECK ((failures >= 0));
ALTER TABLE top_up ADD CONSTRAINT top_up_limit_positive CHECK ((monthly_limit_pence > 0));
ALTER TABLE top_up ADD CONSTRAINT top_up_pkey PRIMARY KEY (org_id);
ALTER TABLE top_up ADD CONSTRAINT top_up_rests_for_a_reason CHECK (((rest_until IS NULL) = (rest_reason IS NULL)));
ALTER TABLE top_up ADD CONSTRAINT top_up_threshold_at_least CHECK ((threshold >= 10000000));
ALTER TABLE top_up_attempt ADD CONSTRAINT top_up_attempt_ended_with_status CHECK (((status = 'open'::text) = (ended_at IS NULL)));
ALTER TABLE top_up_attempt ADD CONSTRAINT top_up_attempt_link_of_page CHECK (((link_id IS NULL) OR (via = 'link'::text)));
ALTER TABLE top_up_attempt ADD CONSTRAINT top_up_attempt_pkey PRIMARY KEY (org_id, id);
ALTER TABLE top_up_attempt ADD CONSTRAINT top_up_attempt_price_positive CHECK ((price_pence > 0));
ALTER TABLE top_up_attempt ADD CONSTRAINT top_up_attempt_status_known CHECK ((status = ANY (ARRAY['open'::text, 'paid'::text, 'failed'::text, 'needs_authentication'::text, 'withdrawn'::text])));
ALTER TABLE top_up_attempt ADD CONSTRAINT top_up_attempt_via_known CHECK ((via = ANY (ARRAY['charge'::text, 'link'::text])));
ALTER TABLE top_up_consent ADD CONSTRAINT top_up_consent_pkey PRIMARY KEY (org_id, id);
ALTER TABLE top_up_link ADD CONSTRAINT top_up_link_ended_with_outcome CHECK (((ended_at IS NULL) = (outcome IS NULL)));
ALTER TABLE top_up_link ADD CONSTRAINT top_up_link_pkey PRIMARY KEY (org_id, id);
ALTER TABLE two_factor ADD CONSTRAINT two_factor_pkey PRIMARY KEY (id);
ALTER TABLE two_factor ADD CONSTRAINT two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE;
ALTER TABLE usage_daily ADD CONSTRAINT usage_daily_not_negative CHECK (((interactions >= 0) AND (degraded >= 0) AND (credits >= 0)));
ALTER TABLE usage_daily ADD CONSTRAINT usage_daily_pkey PRIMARY KEY (org_id, day, channel);
ALTER TABLE vehicle ADD CONSTRAINT vehicle_org_id_customer_id_fkey FOREIGN KEY (org_id, customer_id) REFERENCES customer(org_id, id) ON DELETE CASCADE;
ALTER TABLE vehicle ADD CONSTRAINT vehicle_pkey PRIMARY KEY (org_id, id);
ALTER TABLE verification ADD CONSTRAINT verification_pkey PRIMARY KEY (id);
ALTER TABLE voice_call ADD CONSTRAINT voice_call_pkey PRIMARY KEY (org_id, id);
ALTER TABLE voice_persona ADD CONSTRAINT voice_persona_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id) ON DELETE CASCADE;
ALTER TABLE voice_persona ADD CONSTRAINT voice_persona_pkey PRIMARY KEY (org_id);
ALTER TABLE work_order ADD CONSTRAINT work_order_org_id_vehicle_id_fkey FOREIGN KEY (org_id, vehicle_id) REFERENCES vehicle(org_id, id) ON DELETE CASCADE;
ALTER TABLE work_order ADD CONSTRAINT work_order_pkey PRIMARY KEY (org_id, id);

-- Indexes

CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id);
CREATE INDEX account_user_id_idx ON public.account USING btree (user_id);
CREATE UNIQUE INDEX appointment_once_per_wish ON public.appointment USING btree (org_id, source, wish);
CREATE INDEX appointment_org_id_customer_id_starts_at_idx ON public.appointment USING btree (org_id, customer_id, starts_at);
CREATE INDEX appointment_org_id_starts_at_idx ON public.appointment USING btree (org_id, starts_at);
CREATE UNIQUE INDEX appointment_pkey ON public.appointment USING btree (org_id, id);
CREATE UNIQUE INDEX audit_act_once_per_key ON public.audit_act USING btree (org_id, key) NULLS NOT DISTINCT;
CREATE INDEX audit_act_org_id_at_idx ON public.audit_act USING btree (org_id, at);
CREATE UNIQUE INDEX audit_act_pkey ON public.audit_act USING btree (id);
CREATE INDEX call_back_attempt_org_id_id_idx ON public.call_back_attempt USING btree (org_id, id);
CREATE UNIQUE INDEX call_back_attempt_pkey ON public.call_back_attempt USING btree (org_id, call_back_id, id);
CREATE UNIQUE INDEX call_back_once_per_call ON public.call_back USING btree (org_id, provider_call_id);
CREATE INDEX call_back_open ON public.call_back USING btree (org_id, created_at) WHERE (done_at IS NULL);
CREATE UNIQUE INDEX call_back_pkey ON public.call_back USING btree (org_id, id);
CREATE INDEX call_back_returned ON public.call_back USING btree (org_id, done_at DESC) WHERE (done_at IS NOT NULL);
CREATE INDEX call_back_words ON public.call_back USING gin (call_words(org_id, phone, name, reason, NULL::text));
CREATE UNIQUE INDEX canned_response_once_per_shortcut ON public.canned_response USING btree (org_id, shortcut);
CREATE UNIQUE INDEX canned_response_pkey ON public.canned_response USING btree (org_id, id);
CREATE INDEX channel_number_account_id_idx ON public.channel_number USING btree (account_id);
CREATE UNIQUE INDEX channel_number_of_garage ON public.channel_number USING btree (channel, identity, org_id);
CREATE INDEX channel_number_org_id_idx ON public.channel_number USING btree (org_id);
CREATE UNIQUE INDEX channel_number_pkey ON public.channel_number USING btree (channel, identity);
CREATE UNIQUE INDEX clock_offset_pkey ON public.clock_offset USING btree (id);
CREATE INDEX consent_record_latest ON public.consent_record USING btree (org_id, contact_id, at);
CREATE UNIQUE INDEX consent_record_pkey ON public.consent_record USING btree (org_id, id);
CREATE INDEX contact_by_last_digits ON public.contact USING btree (org_id, reverse(phone) text_pattern_ops) WHERE (phone IS NOT NULL);
CREATE INDEX contact_by_number ON public.contact USING btree (org_id, phone text_pattern_ops) WHERE (phone IS NOT NULL);
CREATE UNIQUE INDEX contact_once_per_channel ON public.contact USING btree (org_id, channel, external_id);
CREATE INDEX contact_org_id_channel_bsuid_idx ON public.contact USING btree (org_id, channel, bsuid);
CREATE INDEX contact_org_id_channel_wa_id_idx ON public.contact USING btree (org_id, channel, wa_id);
CREATE UNIQUE INDEX contact_pkey ON public.contact USING btree (org_id, id);
CREATE INDEX conversation_assigned ON public.conversation USING btree (org_id, assigned_to, needs_attention, last_message_at, id) WHERE ((done_at IS NULL) AND (assigned_to IS NOT NULL));
CREATE INDEX conversation_degraded ON public.conversation USING btree (org_id, degraded_reason, needs_attention, last_message_at, id) WHERE (degraded_reason IS NOT NULL);
CREATE INDEX conversation_done ON public.conversation USING btree (org_id, channel, needs_attention, last_message_at, id) WHERE (done_at IS NOT NULL);
CREATE UNIQUE INDEX conversation_event_once_per_source ON public.conversation_event USING btree (org_id, source_key);
CREATE INDEX conversation_event_org_id_conversation_id_at_idx ON public.conversation_event USING btree (org_id, conversation_id, at);
CREATE UNIQUE INDEX conversation_event_pkey ON public.conversation_event USING btree (org_id, id);
CREATE INDEX conversation_held ON public.conversation USING btree (org_id, held_by, needs_attention, last_message_at, id) WHERE (held_by IS NOT NULL);
CREATE UNIQUE INDEX conversation_once_per_contact ON public.conversation USING btree (org_id, contact_id);
CREATE INDEX conversation_open ON public.conversation USING btree (org_id, channel, needs_attention, last_message_at, id) WHERE (done_at IS NULL);
CREATE INDEX conversation_org_id_needs_attention_last_message_at_id_idx ON public.conversation USING btree (org_id, needs_attention, last_message_at, id);
CREATE UNIQUE INDEX conversation_pkey ON public.conversation USING btree (org_id, id);
CREATE UNIQUE INDEX conversation_read_pkey ON public.conversation_read USING btree (org_id, conversation_id, user_id);
CREATE INDEX conversation_snoozed ON public.conversation USING btree (org_id, needs_attention, last_message_at, id) WHERE (snoozed_until IS NOT NULL);
CREATE INDEX conversation_unassigned ON public.conversation USING btree (org_id, channel, needs_attention, last_message_at, id) WHERE ((done_at IS NULL) AND (assigned_to IS NULL) AND (held_by IS NULL));
CREATE INDEX conversation_word_org_id_word_conversation_id_idx ON public.conversation_word USING btree (org_id, word, conversation_id);
CREATE UNIQUE INDEX conversation_word_pkey ON public.conversation_word USING btree (org_id, conversation_id, word);
CREATE UNIQUE INDEX credit_account_pkey ON public.credit_account USING btree (org_id);
CREATE INDEX credit_lot_draw_order ON public.credit_lot USING btree (org_id, kind, expires_at, id) WHERE open;
CREATE UNIQUE INDEX credit_lot_one_per_source ON public.credit_lot USING btree (org_id, source_key);
CREATE UNIQUE INDEX credit_lot_pkey ON public.credit_lot USING btree (org_id, id);
CREATE UNIQUE INDEX credit_order_once_per_session ON public.credit_order USING btree (org_id, session_id);
CREATE UNIQUE INDEX credit_order_one_open_per_pack ON public.credit_order USING btree (org_id, pack_id) WHERE ((status = 'open'::text) AND (method = 'checkout'::text));
CREATE INDEX credit_order_org_id_created_at_idx ON public.credit_order USING btree (org_id, created_at);
CREATE UNIQUE INDEX credit_order_pkey ON public.credit_order USING btree (org_id, id);
CREATE INDEX credit_order_unfinished ON public.credit_order USING btree (created_at) WHERE (status = ANY (ARRAY['open'::text, 'needs_authentication'::text, 'processing'::text]));
CREATE UNIQUE INDEX credit_pack_one_per_price ON public.credit_pack USING btree (stripe_price_id);
CREATE UNIQUE INDEX credit_pack_pkey ON public.credit_pack USING btree (id);
CREATE UNIQUE INDEX credit_purchase_once_per_source ON public.credit_purchase USING btree (org_id, source_key);
CREATE INDEX credit_purchase_org_id_purchased_at_idx ON public.credit_purchase USING btree (org_id, purchased_at);
CREATE UNIQUE INDEX credit_purchase_pkey ON public.credit_purchase USING btree (org_id, id);
CREATE UNIQUE INDEX credit_warning_once_while_armed ON public.credit_warning USING btree (org_id, threshold) WHERE (rearmed_at IS NULL);
CREATE UNIQUE INDEX credit_warning_pkey ON public.credit_warning USING btree (org_id, threshold, warned_at);
CREATE INDEX customer_by_name ON public.customer USING gin (customer_words(org_id, name));
CREATE INDEX customer_phone_digits ON public.customer USING btree (org_id, "right"(regexp_replace(phone, '\D'::text, ''::text, 'g'::text), 7));
CREATE UNIQUE INDEX customer_pkey ON public.customer USING btree (org_id, id);
CREATE UNIQUE INDEX diagnostic_query_once_per_key ON public.diagnostic_query USING btree (org_id, client_key);
CREATE INDEX diagnostic_query_org_id_user_id_asked_at_idx ON public.diagnostic_query USING btree (org_id, user_id, asked_at);
CREATE UNIQUE INDEX diagnostic_query_pkey ON public.diagnostic_query USING btree (org_id, id);
CREATE UNIQUE INDEX early_status_pkey ON public.early_status USING btree (org_id, channel, provider_id, status);
CREATE UNIQUE INDEX fail_open_pkey ON public.fail_open USING btree (org_id, channel, provider_ref);
CREATE UNIQUE INDEX first_run_dismissal_pkey ON public.first_run_dismissal USING btree (org_id);
CREATE INDEX interaction_not_in_full ON public.interaction USING btree (org_id, provider_ref) WHERE ((channel = 'voice'::channel) AND ((mode = 'degraded'::interaction_mode) OR is_fallback));
CREATE UNIQUE INDEX interaction_pkey ON public.interaction USING btree (org_id, channel, provider_ref);
CREATE INDEX interaction_started ON public.interaction USING brin (started_at);
CREATE INDEX invitation_organization_id_idx ON public.invitation USING btree (organization_id);
CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (id);
CREATE UNIQUE INDEX latency_ladder_pkey ON public.latency_ladder USING btree (org_id);
CREATE UNIQUE INDEX ledger_entry_once_per_cause ON public.ledger_entry USING btree (cause, org_id, kind, lot_id) NULLS NOT DISTINCT WHERE (kind <> 'usage'::entry_kind);
CREATE INDEX ledger_entry_overdraft_or_reversal ON public.ledger_entry USING btree (org_id, seq) WHERE ((kind = 'reversal'::entry_kind) OR (lot_id IS NULL));
CREATE UNIQUE INDEX ledger_entry_pkey ON public.ledger_entry USING btree (org_id, seq);
CREATE INDEX ledger_entry_posted ON public.ledger_entry USING brin (posted_at) WITH (autosummarize='on');
CREATE UNIQUE INDEX limit_counter_pkey ON public.limit_counter USING btree (key);
CREATE UNIQUE INDEX line_reading_pkey ON public.line_reading USING btree (org_id, channel, identity);
CREATE INDEX line_test_org_id_channel_identity_at_idx ON public.line_test USING btree (org_id, channel, identity, at);
CREATE UNIQUE INDEX line_test_pkey ON public.line_test USING btree (org_id, id);
CREATE INDEX mail_failed ON public.mail USING btree (ended_at) WHERE (status = 'failed'::text);
CREATE UNIQUE INDEX mail_once_per_cause ON public.mail USING btree (org_id, letter, cause, user_id);
CREATE UNIQUE INDEX mail_pkey ON public.mail USING btree (org_id, id);
CREATE UNIQUE INDEX mail_preference_pkey ON public.mail_preference USING btree (org_id, user_id, letter);
CREATE UNIQUE INDEX media_once_per_message ON public.media USING btree (org_id, message_id, "position");
CREATE UNIQUE INDEX media_pkey ON public.media USING btree (org_id, id);
CREATE INDEX media_stored ON public.media USING btree (ended_at) WHERE (state = 'stored'::text);
CREATE INDEX media_uploaded ON public.media USING btree (org_id, created_at) WHERE (uploaded_by IS NOT NULL);
CREATE INDEX media_waiting ON public.media USING btree (created_at) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX member_organization_id_user_id_key ON public.member USING btree (organization_id, user_id);
CREATE UNIQUE INDEX member_pkey ON public.member USING btree (id);
CREATE INDEX member_user_id_idx ON public.member USING btree (user_id);
CREATE INDEX message_amends ON public.message USING btree (org_id, channel, refers_to) WHERE (type = ANY (ARRAY['edit'::text, 'revoke'::text]));
CREATE UNIQUE INDEX message_once_per_provider_id ON public.message USING btree (org_id, channel, provider_id);
CREATE UNIQUE INDEX message_once_per_source ON public.message USING btree (org_id, source_key);
CREATE INDEX message_org_id_conversation_id_at_idx ON public.message USING btree (org_id, conversation_id, at);
CREATE UNIQUE INDEX message_pkey ON public.message USING btree (org_id, id);
CREATE UNIQUE INDEX message_template_once_per_language ON public.message_template USING btree (org_id, account_id, name, language);
CREATE UNIQUE INDEX message_template_pkey ON public.message_template USING btree (org_id, id);
CREATE UNIQUE INDEX message_unindexed_pkey ON public.message_unindexed USING btree (org_id, message_id);
CREATE UNIQUE INDEX number_holder_pkey ON public.number_holder USING btree (org_id, number, user_id);
CREATE INDEX one_time_link_of_address ON public.one_time_link USING btree (email, kind) WHERE (ended IS NULL);
CREATE INDEX one_time_link_of_organisation ON public.one_time_link USING btree (org_id, kind) WHERE (org_id IS NOT NULL);
CREATE INDEX one_time_link_of_user ON public.one_time_link USING btree (user_id, kind) WHERE ((ended IS NULL) AND (user_id IS NOT NULL));
CREATE INDEX one_time_link_over ON public.one_time_link USING btree (expires_at);
CREATE UNIQUE INDEX one_time_link_pkey ON public.one_time_link USING btree (id);
CREATE UNIQUE INDEX one_time_link_token ON public.one_time_link USING btree (token_hash);
CREATE INDEX organization_founded_by_idx ON public.organization USING btree (founded_by);
CREATE UNIQUE INDEX organization_pkey ON public.organization USING btree (id);
CREATE UNIQUE INDEX organization_slug_key ON public.organization USING btree (slug);
CREATE INDEX personal_mail_failed ON public.personal_mail USING btree (ended_at) WHERE (status = 'failed'::text);
CREATE UNIQUE INDEX personal_mail_once_per_cause_and_address ON public.personal_mail USING btree (address, letter, cause);
CREATE UNIQUE INDEX personal_mail_once_per_cause_and_user ON public.personal_mail USING btree (user_id, letter, cause);
CREATE UNIQUE INDEX personal_mail_pkey ON public.personal_mail USING btree (id);
CREATE INDEX provider_event_org_id_received_at_idx ON public.provider_event USING btree (org_id, received_at);
CREATE UNIQUE INDEX provider_event_pkey ON public.provider_event USING btree (provider, id);
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id);
CREATE UNIQUE INDEX session_token_key ON public.session USING btree (token);
CREATE INDEX session_user_id_idx ON public.session USING btree (user_id);
CREATE INDEX stripe_customer_by_id ON public.stripe_customer USING btree (customer_id);
CREATE UNIQUE INDEX stripe_customer_pkey ON public.stripe_customer USING btree (org_id);
CREATE INDEX stripe_invoice_by_id ON public.stripe_invoice USING btree (invoice_id);
CREATE INDEX stripe_invoice_disputed ON public.stripe_invoice USING btree (read_at) WHERE dispute_open;
CREATE INDEX stripe_invoice_latest ON public.stripe_invoice USING btree (org_id, created_at DESC);
CREATE UNIQUE INDEX stripe_invoice_pkey ON public.stripe_invoice USING btree (org_id, invoice_id);
CREATE INDEX stripe_payment_org_id_order_id_idx ON public.stripe_payment USING btree (org_id, order_id);
CREATE UNIQUE INDEX stripe_payment_pkey ON public.stripe_payment USING btree (payment_intent_id);
CREATE INDEX stripe_subscription_by_id ON public.stripe_subscription USING btree (subscription_id);
CREATE INDEX stripe_subscription_living ON public.stripe_subscription USING btree (read_at) WHERE (status <> ALL (ARRAY['canceled'::text, 'incomplete_expired'::text]));
CREATE UNIQUE INDEX stripe_subscription_pkey ON public.stripe_subscription USING btree (org_id, subscription_id);
CREATE UNIQUE INDEX subscription_order_once_per_session ON public.subscription_order USING btree (org_id, session_id);
CREATE UNIQUE INDEX subscription_order_one_open ON public.subscription_order USING btree (org_id) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX subscription_order_pkey ON public.subscription_order USING btree (org_id, id);
CREATE INDEX subscription_order_unfinished ON public.subscription_order USING btree (created_at) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX subscription_plan_one_current ON public.subscription_plan USING btree (current) WHERE current;
CREATE UNIQUE INDEX subscription_plan_one_per_prices ON public.subscription_plan USING btree (monthly_price_id, yearly_price_id);
CREATE UNIQUE INDEX subscription_plan_pkey ON public.subscription_plan USING btree (id);
CREATE UNIQUE INDEX template_reading_pkey ON public.template_reading USING btree (org_id, account_id);
CREATE INDEX test_call_latest ON public.test_call USING btree (org_id, created_at DESC);
CREATE UNIQUE INDEX test_call_once ON public.test_call USING btree (org_id, provider_call_id);
CREATE UNIQUE INDEX test_call_pkey ON public.test_call USING btree (org_id, id);
CREATE INDEX top_up_attempt_latest ON public.top_up_attempt USING btree (org_id, claimed_at DESC);
CREATE UNIQUE INDEX top_up_attempt_once_per_order ON public.top_up_attempt USING btree (org_id, order_id);
CREATE UNIQUE INDEX top_up_attempt_one_open ON public.top_up_attempt USING btree (org_id) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX top_up_attempt_pkey ON public.top_up_attempt USING btree (org_id, id);
CREATE INDEX top_up_attempt_unfinished ON public.top_up_attempt USING btree (claimed_at) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX top_up_consent_pkey ON public.top_up_consent USING btree (org_id, id);
CREATE INDEX top_up_enabled ON public.top_up USING btree (org_id) WHERE (enabled AND (paused_reason IS NULL));
CREATE UNIQUE INDEX top_up_link_by_token ON public.top_up_link USING btree (org_id, token_hash);
CREATE UNIQUE INDEX top_up_link_one_live ON public.top_up_link USING btree (org_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX top_up_link_pkey ON public.top_up_link USING btree (org_id, id);
CREATE UNIQUE INDEX top_up_pkey ON public.top_up USING btree (org_id);
CREATE UNIQUE INDEX two_factor_pkey ON public.two_factor USING btree (id);
CREATE UNIQUE INDEX two_factor_user_id_key ON public.two_factor USING btree (user_id);
CREATE UNIQUE INDEX usage_daily_pkey ON public.usage_daily USING btree (org_id, day, channel);
CREATE UNIQUE INDEX user_email_key ON public."user" USING btree (email);
CREATE UNIQUE INDEX user_pkey ON public."user" USING btree (id);
CREATE INDEX vehicle_org_id_customer_id_idx ON public.vehicle USING btree (org_id, customer_id);
CREATE UNIQUE INDEX vehicle_pkey ON public.vehicle USING btree (org_id, id);
CREATE UNIQUE INDEX vehicle_registration_once ON public.vehicle USING btree (org_id, registration);
CREATE INDEX verification_identifier_idx ON public.verification USING btree (identifier);
CREATE UNIQUE INDEX verification_pkey ON public.verification USING btree (id);
CREATE INDEX voice_call_latest ON public.voice_call USING btree (org_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX voice_call_once ON public.voice_call USING btree (org_id, provider_call_id);
CREATE UNIQUE INDEX voice_call_pkey ON public.voice_call USING btree (org_id, id);
CREATE INDEX voice_call_unreported ON public.voice_call USING btree (created_at) WHERE (reported_at IS NULL);
CREATE INDEX voice_call_words ON public.voice_call USING gin (words);
CREATE UNIQUE INDEX voice_persona_pkey ON public.voice_persona USING btree (org_id);
CREATE INDEX work_order_org_id_vehicle_id_idx ON public.work_order USING btree (org_id, vehicle_id);
CREATE UNIQUE INDEX work_order_pkey ON public.work_order USING btree (org_id, id);

-- Functions

CREATE OR REPLACE FUNCTION public.call_words(org uuid, number text, name text, summary text, transcript text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT to_tsvector('english', left(public.fold_letters(translate(concat_ws(' ',
           left(name, 200), left(summary, 10000), left(transcript, 50000)),
           '’‘“”–—…', '       ')), 60202))
         || array_to_tsvector(array_remove(ARRAY[
           'org:' || org,
           'n' || substr(left(number, 40), 2),
           'r' || reverse(substr(left(number, 40), 2))], NULL))
$function$;
CREATE OR REPLACE FUNCTION public.customer_words(org uuid, name text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT array_to_tsvector(ARRAY['org:' || org] || ARRAY(
    SELECT left(word, 64) FROM unnest(public.search_words(left(name, 200))) AS word))
$function$;
CREATE OR REPLACE FUNCTION public.fold_letters(p_text text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT replace(replace(replace(replace(
    translate(
      lower(regexp_replace(normalize(p_text, NFKD), '[\u0300-\u036f]+', '', 'g')),
      'łŁøØđĐðÐħĦŧŦıẞÆŒÞ', 'llooddddhhttißæœþ'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$function$;
CREATE OR REPLACE FUNCTION public.garage_note_holders(p_org uuid, p_holders jsonb)
 RETURNS void
 LANGUAGE sql
AS $function$
  WITH given AS (
    SELECT number, "userId" AS user_id, formerly, at FROM jsonb_to_recordset(p_holders)
      AS given (number text, "userId" text, formerly text, at timestamptz)
  ), renamed AS (
    DELETE FROM number_holder AS holder USING given
    WHERE holder.org_id = p_org AND holder.user_id = given.formerly
      AND given.formerly <> given.user_id
    RETURNING holder.number, given.user_id, holder.seen_at AS at
  )
  INSERT INTO number_holder (org_id, number, user_id, seen_at)
  SELECT p_org, seen.number, seen.user_id, min(seen.at)
  FROM (SELECT number, user_id, at FROM renamed UNION ALL SELECT number, user_id, at FROM given)
    AS seen
  GROUP BY seen.number, seen.user_id ORDER BY seen.number, seen.user_id
  ON CONFLICT DO NOTHING;
$function$;
CREATE OR REPLACE FUNCTION public.inbox_amend_messages(p_org uuid, p_channel channel, p_author message_author, p_changes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
BEGIN
  UPDATE message SET
    body = CASE WHEN given."editedAt" >= coalesce(edited_at, given."editedAt") THEN given.body
                ELSE message.body END,
    edited_at = greatest(edited_at, given."editedAt"),
    revoked_at = greatest(revoked_at, given."revokedAt")
  FROM jsonb_to_recordset(p_changes)
    AS given ("conversationId" uuid, "providerId" text, body text, "editedAt" timestamptz,
              "revokedAt" timestamptz)
  WHERE org_id = p_org AND channel = p_channel AND provider_id = given."providerId"
    AND conversation_id = given."conversationId" AND author = p_author;
END $function$;
CREATE OR REPLACE FUNCTION public.inbox_complete_contacts(p_org uuid, p_contacts jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
BEGIN
  UPDATE contact SET wa_id = coalesce(given."waId", wa_id),
    bsuid = coalesce(given.bsuid, contact.bsuid), phone = coalesce(given.phone, contact.phone),
    name = coalesce(given.name, contact.name),
    username = coalesce(given.username, contact.username)
  FROM jsonb_to_recordset(p_contacts)
    AS given (id uuid, "waId" text, bsuid text, phone text, name text, username text)
  WHERE contact.org_id = p_org AND contact.id = given.id;
END $function$;
CREATE OR REPLACE FUNCTION public.inbox_hold(p_org uuid, p_channel channel, p_batch jsonb)
 RETURNS integer[]
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  v_runs integer[];
BEGIN
  -- 1. Contacts: those that stand as they were read, and those made here.
  WITH known AS (
    SELECT given.run
    FROM jsonb_to_recordset(p_batch -> 'known') AS given (run integer, id uuid, version text)
    JOIN contact ON contact.org_id = p_org AND contact.id = given.id
    WHERE contact.xmin::text = given.version
    ORDER BY contact.id FOR UPDATE OF contact SKIP LOCKED
  ), made AS (
    INSERT INTO contact (org_id, channel, id, external_id, wa_id, bsuid, phone, name, username,
                         created_at)
    SELECT p_org, p_channel, given.id, given."externalId", given."waId", given.bsuid, given.phone,
           given.name, given.username, given.at
    FROM jsonb_to_recordset(p_batch -> 'unknown')
      AS given (id uuid, "externalId" text, "waId" text, bsuid text, phone text, name text,
                username text, at timestamptz)
    ORDER BY given."externalId"
    ON CONFLICT DO NOTHING RETURNING id
  )
  SELECT array_agg(stands.run) INTO v_runs FROM (
    SELECT run FROM known
    UNION ALL
    SELECT given.run FROM made
    JOIN jsonb_to_recordset(p_batch -> 'unknown') AS given (run integer, id uuid)
      ON given.id = made.id
  ) AS stands;

  -- 2. Their conversations, in the same way. A new one begins as it is to stand.
  WITH given AS (
    SELECT given.* FROM jsonb_to_recordset(p_batch -> 'conversations')
      AS given (run integer, id uuid, "contactId" uuid, version text, identity text,
                "identityAt" timestamptz, "windowEndsAt" timestamptz, "lastMessageAt" timestamptz,
                attention text, "inboundAt" timestamptz, "degradedReason" text, at timestamptz)
    JOIN unnest(v_runs) AS stands (run) ON stands.run = given.run
  ), held AS (
    SELECT conversation.id FROM given
    JOIN conversation ON conversation.org_id = p_org AND conversation.id = given.id
    WHERE conversation.xmin::text = given.version
    ORDER BY conversation.id FOR UPDATE OF conversation SKIP LOCKED
  ), begun AS (
    INSERT INTO conversation (org_id, channel, id, contact_id, identity, identity_at,
                              window_ends_at, last_message_at, needs_attention, attention_reason,
                              last_inbound_at, degraded_reason, created_at)
    SELECT p_org, p_channel, given.id, given."contactId", given.identity, given."identityAt",
           given."windowEndsAt", given."lastMessageAt", given.attention IS NOT NULL,
           given.attention, given."inboundAt", given."degradedReason", given.at
    FROM given WHERE given.version IS NULL ORDER BY given."contactId"
    ON CONFLICT DO NOTHING RETURNING id
  )
  SELECT array_agg(given.run) INTO v_runs
  FROM (SELECT id FROM held UNION ALL SELECT id FROM begun) AS stands
  JOIN given ON given.id = stands.id;
  RETURN v_runs;
END $function$;
CREATE OR REPLACE FUNCTION public.inbox_keep_messages(p_org uuid, p_channel channel, p_messages jsonb)
 RETURNS uuid[]
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  v_new uuid[];
BEGIN
  WITH inserted AS (
    INSERT INTO message (org_id, channel, direction, author, conversation_id, received_at, id,
                         provider_id, identity, type, body, parts, refers_to, edited_at,
                         revoked_at, handling, degraded, degradation_reason, at)
    SELECT p_org, p_channel, 'inbound', 'customer', given."conversationId", given."receivedAt",
           given.id, given."providerId", given.identity, given.type, given.body,
           nullif(given.parts, 'null'), given."refersTo", given."editedAt", given."revokedAt",
           given.handling, given.reason IS NOT NULL, given.reason, given.at
    FROM jsonb_to_recordset(p_messages)
      AS given ("conversationId" uuid, "receivedAt" timestamptz, id uuid, "providerId" text,
                identity text, type text, body text, parts jsonb, "refersTo" text,
                "editedAt" timestamptz, "revokedAt" timestamptz, handling text, reason text,
                at timestamptz)
    ON CONFLICT (org_id, channel, provider_id) DO NOTHING RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_new FROM inserted;
  RETURN v_new;
END $function$;
CREATE OR REPLACE FUNCTION public.inbox_keep_outbound(p_org uuid, p_channel channel, p_messages jsonb)
 RETURNS uuid[]
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  v_new uuid[];
BEGIN
  WITH inserted AS (
    INSERT INTO message (org_id, channel, direction, status, conversation_id, id, author, type,
                         body, parts, source_key, staff_user_id, refers_to, at, received_at)
    SELECT p_org, p_channel, 'outbound',
           CASE WHEN p_channel = 'diagnostics' THEN 'delivered'::delivery_status
                ELSE 'queued'::delivery_status END,
           given."conversationId", given.id, given.author, given.type, given.body,
           nullif(given.parts, 'null'), given."sourceKey", given."staffUserId", given."refersTo",
           given.at, given.at
    FROM jsonb_to_recordset(p_messages)
      AS given ("conversationId" uuid, id uuid, author message_author, type text, body text,
                parts jsonb, "sourceKey" text, "staffUserId" uuid, "refersTo" text, at timestamptz)
    ON CONFLICT (org_id, source_key) DO NOTHING RETURNING id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_new FROM inserted;
  RETURN v_new;
END $function$;
CREATE OR REPLACE FUNCTION public.inbox_move_conversations(p_org uuid, p_changes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
BEGIN
  UPDATE conversation SET identity = given.identity, identity_at = given."identityAt",
    window_ends_at = given."windowEndsAt",
    last_message_at = greatest(last_message_at, given."lastMessageAt"),
    needs_attention = needs_attention OR given.attention IS NOT NULL
      OR (given."inboundAt" IS NOT NULL AND snoozed_until IS NOT NULL),
    attention_reason = coalesce(given.attention, attention_reason,
      CASE WHEN given."inboundAt" IS NOT NULL AND snoozed_until IS NOT NULL THEN 'snooze-over' END),
    done_at = CASE WHEN given."inboundAt" IS NULL THEN done_at END,
    snoozed_until = CASE WHEN given."inboundAt" IS NULL THEN snoozed_until END,
    last_inbound_at = greatest(last_inbound_at, given."inboundAt"),
    degraded_reason = coalesce(given."degradedReason", degraded_reason)
  FROM jsonb_to_recordset(p_changes)
    AS given (id uuid, identity text, "identityAt" timestamptz, "windowEndsAt" timestamptz,
              "lastMessageAt" timestamptz, attention text, "inboundAt" timestamptz,
              "degradedReason" text)
  WHERE conversation.org_id = p_org AND conversation.id = given.id;

  IF p_changes @? '$[*].reopening ? (@ != null)' THEN
    INSERT INTO conversation_event (org_id, id, conversation_id, kind, at)
    SELECT p_org, given.reopening, given.id, 'reopened', given."inboundAt"
    FROM jsonb_to_recordset(p_changes) AS given (id uuid, reopening uuid, "inboundAt" timestamptz)
    WHERE given.reopening IS NOT NULL;
  END IF;
END $function$;
CREATE OR REPLACE FUNCTION public.inbox_record_consents(p_org uuid, p_changes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
BEGIN
  INSERT INTO consent_record (org_id, contact_id, id, kind, source, at)
  SELECT p_org, given."contactId", given.id, given.kind, given.source, given.at
  FROM jsonb_to_recordset(p_changes)
    AS given ("contactId" uuid, id uuid, kind text, source text, at timestamptz);

  UPDATE contact SET opted_out_at = (
    SELECT CASE WHEN kind = 'opt_out' THEN at END FROM consent_record AS said
    WHERE said.org_id = p_org AND said.contact_id = contact.id ORDER BY at DESC, id DESC LIMIT 1)
  FROM jsonb_to_recordset(p_changes) AS given ("contactId" uuid)
  WHERE contact.org_id = p_org AND contact.id = given."contactId";
END $function$;
CREATE OR REPLACE FUNCTION public.inbox_store(p_org uuid, p_channel channel, p_batch jsonb)
 RETURNS TABLE(run integer, stored uuid[])
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
#variable_conflict use_column
DECLARE
  v_runs CONSTANT integer[] := inbox_hold(p_org, p_channel, p_batch);
  v_batch jsonb := p_batch;
  v_changed jsonb;
  v_new uuid[];
  v_without_account boolean;
BEGIN
  IF v_runs IS NULL THEN RETURN; END IF;

  -- 1. Take those out of the batch who are not held: each sender has one conversation in it.
  IF cardinality(v_runs) < jsonb_array_length(p_batch -> 'conversations') THEN
    SELECT jsonb_object_agg(part.name, (
      SELECT coalesce(jsonb_agg(item), '[]') FROM jsonb_array_elements(part.items) AS item
      WHERE item -> 'run' IS NULL OR (item ->> 'run')::integer = ANY (v_runs)))
    INTO v_batch FROM jsonb_each(p_batch) AS part (name, items);
  END IF;

  -- 2. What messages change in conversations and contacts. What was made here stands already.
  -- Most messages change no contact: what is not there starts no statement.
  v_changed := jsonb_path_query_array(v_batch, '$.conversations[*] ? (@.version != null)');
  IF jsonb_array_length(v_changed) > 0 THEN
    PERFORM inbox_move_conversations(p_org, v_changed);
  END IF;
  v_changed := jsonb_path_query_array(v_batch, '$.known[*] ? (@.changed == true)');
  IF jsonb_array_length(v_changed) > 0 THEN
    PERFORM inbox_complete_contacts(p_org, v_changed);
  END IF;
  IF jsonb_array_length(v_batch -> 'consents') > 0 THEN
    PERFORM inbox_record_consents(p_org, v_batch -> 'consents');
  END IF;

  -- 3. The messages themselves, and what they say of others.
  v_new := inbox_keep_messages(p_org, p_channel, v_batch -> 'messages');
  IF jsonb_array_length(v_batch -> 'amendments') > 0 THEN
    PERFORM inbox_amend_messages(p_org, p_channel, 'customer', v_batch -> 'amendments');
  END IF;

  -- 4. Interactions of those that are new. No row comes back where there is no account.
  SELECT bool_or(started.ord IS NULL) INTO v_without_account
  FROM (
    SELECT array_agg(p_org) AS org, array_agg(p_channel) AS channel,
           array_agg(start."providerRef") AS ref, array_agg(start.mode) AS mode,
           array_agg(start.level) AS level, array_agg(start.reason) AS reason,
           array_agg(start.billable) AS billable, array_agg(start."isFallback") AS fallback,
           array_agg(start."failOpen") AS fail_open, array_agg(start."startedAt") AS started_at
    FROM jsonb_to_recordset(v_batch -> 'starts') AS given (message uuid, start jsonb)
    JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message
    CROSS JOIN jsonb_to_record(given.start)
      AS start ("providerRef" text, mode interaction_mode, level smallint, reason text,
                billable boolean, "isFallback" boolean, "failOpen" boolean, "startedAt" timestamptz)
  ) AS given
  LEFT JOIN interaction_start(
    given.org, given.channel, given.ref, given.mode, given.level, given.reason, given.billable,
    given.fallback, given.fail_open, given.started_at) AS started ON true
  WHERE given.ref IS NOT NULL;
  IF v_without_account THEN
    RAISE EXCEPTION 'organisation % has no credit account', p_org;
  END IF;

  -- 5. Their canned words and jobs.
  IF jsonb_array_length(v_batch -> 'canned') > 0 THEN
    PERFORM inbox_keep_outbound(p_org, p_channel, (
      SELECT coalesce(jsonb_agg(given.item), '[]')
      FROM jsonb_array_elements(v_batch -> 'canned') AS given (item)
      WHERE (given.item ->> 'message')::uuid = ANY (v_new)));
  END IF;
  PERFORM graphile_worker.add_jobs(wanted.specs)
  FROM (
    SELECT array_agg((given.name, given.payload, given.queue, NULL, given.attempts, given.key,
                      NULL, NULL)::graphile_worker.job_spec ORDER BY given.key) AS specs
    FROM jsonb_to_recordset(v_batch -> 'jobs')
      AS given (message uuid, name text, payload json, queue text, attempts integer, key text)
    JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.message
  ) AS wanted WHERE wanted.specs IS NOT NULL;

  -- 6. With which user ids numbers were seen.
  IF jsonb_array_length(v_batch -> 'holders') > 0 THEN
    PERFORM garage_note_holders(p_org, v_batch -> 'holders');
  END IF;

  RETURN QUERY
    SELECT stands.run, array_remove(array_agg(fresh.id), NULL)
    FROM unnest(v_runs) AS stands (run)
    JOIN jsonb_to_recordset(v_batch -> 'messages') AS given (run integer, id uuid)
      ON given.run = stands.run
    LEFT JOIN unnest(v_new) AS fresh (id) ON fresh.id = given.id
    GROUP BY stands.run;
END $function$;
CREATE OR REPLACE FUNCTION public.interaction_start(p_org uuid[], p_channel channel[], p_ref text[], p_mode interaction_mode[], p_level smallint[], p_reason text[], p_billable boolean[], p_fallback boolean[], p_fail_open boolean[], p_started_at timestamp with time zone[])
 RETURNS TABLE(ord bigint, is_new boolean, mode interaction_mode, level smallint, reason text, billable boolean, is_fallback boolean, fail_open boolean, started_at timestamp with time zone, settled_at timestamp with time zone)
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
#variable_conflict use_column
DECLARE
  v_new jsonb;
BEGIN
  -- 1. Store those that are new.
  WITH stored AS (
    INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable,
                             is_fallback, fail_open, started_at)
    SELECT given.*
    FROM unnest(p_org, p_channel, p_ref, p_mode, p_level, p_reason, p_billable, p_fallback,
                p_fail_open, p_started_at)
         AS given (org_id, channel, ref, mode, level, reason, billable, fallback, fail_open,
                   started_at)
    JOIN credit_account AS account ON account.org_id = given.org_id
    ORDER BY given.org_id, given.channel, given.ref
    ON CONFLICT DO NOTHING
    RETURNING org_id || ':' || channel || ':' || provider_ref AS key
  )
  SELECT jsonb_object_agg(key, true) INTO v_new FROM stored;

  -- 2. Whatever is stored now is the answer. A new snapshot sees what the first waited for.
  RETURN QUERY
    SELECT given.ord,
           coalesce(v_new ? (given.org_id || ':' || given.channel || ':' || given.ref), false),
           stored.mode, stored.level, stored.reason, stored.billable, stored.is_fallback,
           stored.fail_open, stored.started_at, stored.settled_at
    FROM unnest(p_org, p_channel, p_ref) WITH ORDINALITY AS given (org_id, channel, ref, ord)
    JOIN interaction AS stored ON stored.org_id = given.org_id
      AND stored.channel = given.channel AND stored.provider_ref = given.ref;
END $function$;
CREATE OR REPLACE FUNCTION public.ledger_credit(p_kind entry_kind, p_org uuid, p_cause text, p_lot bigint[], p_amount bigint[], p_at timestamp with time zone, p_actor text, p_reason text)
 RETURNS void
 LANGUAGE sql
AS $function$
  WITH item AS (
    -- Laid end to end, the amounts are intervals of what is given: (up_to - amount, up_to].
    SELECT lot_id, amount, (sum(amount) OVER (ORDER BY place))::bigint AS up_to
    FROM unnest(p_lot, p_amount) WITH ORDINALITY AS given (lot_id, amount, place)
  ), before AS (
    SELECT account.entry_seq, account.balance, given.total,
           least(account.overdraft, given.total) AS settles
    FROM credit_account AS account CROSS JOIN (SELECT max(up_to) AS total FROM item) AS given
    WHERE account.org_id = p_org
  ), line AS (
    -- One line for the overdraft, without a lot; then for each lot what lies beyond that.
    SELECT NULL::bigint AS lot_id, settles AS amount, settles AS up_to FROM before WHERE settles > 0
    UNION ALL
    SELECT item.lot_id, least(item.amount, item.up_to - before.settles), item.up_to
    FROM item CROSS JOIN before WHERE item.up_to > before.settles
  ), posted AS (
    INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at,
                              actor, reason)
    SELECT p_org, before.entry_seq + row_number() OVER (ORDER BY line.up_to), p_kind, line.amount,
           before.balance + line.up_to, line.lot_id, p_cause, p_at, p_actor, p_reason
    FROM line CROSS JOIN before
  ), filled AS (
    UPDATE credit_lot AS lot SET remaining = lot.remaining + line.amount, open = true
    FROM line WHERE lot.org_id = p_org AND lot.id = line.lot_id
  )
  UPDATE credit_account AS account
  SET balance = account.balance + before.total, overdraft = account.overdraft - before.settles,
      entry_seq = account.entry_seq + (SELECT count(*) FROM line)
  FROM before WHERE account.org_id = p_org;
$function$;
CREATE OR REPLACE FUNCTION public.ledger_debit(p_kind entry_kind, p_org uuid[], p_cause text[], p_amount bigint[], p_spend bigint[], p_at timestamp with time zone, p_rate text DEFAULT NULL::text, p_first_lot bigint DEFAULT NULL::bigint, p_actor text DEFAULT NULL::text, p_reason text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
#variable_conflict use_column
DECLARE
  v_lot bigint;
  v_crossed uuid[];
  v_entries bigint;
  v_total bigint;
  v_spend bigint;
  v_first bigint;
  v_remaining bigint;
  v_seq bigint;
  v_balance bigint;
BEGIN
  IF p_first_lot IS NOT NULL THEN
    v_lot := (SELECT id FROM credit_lot WHERE org_id = p_org[1] AND id = p_first_lot AND open);
  END IF;

  -- One organisation whose first lot holds enough, as nearly always: plain statements start in half
  -- the time of the one below, which does the same for many, and from lot to lot.
  IF p_org[1] = ALL (p_org) THEN
    SELECT count(*), sum(amount), sum(spend) INTO v_entries, v_total, v_spend
    FROM unnest(p_amount, p_spend) AS given (amount, spend) WHERE amount > 0;
    IF v_entries = 0 THEN RETURN; END IF;

    SELECT id, remaining INTO v_first, v_remaining FROM credit_lot
    WHERE org_id = p_org[1] AND open AND id = coalesce(v_lot, id)
    ORDER BY kind, expires_at, id LIMIT 1;

    IF v_remaining >= v_total THEN
      UPDATE credit_lot SET remaining = v_remaining - v_total, open = v_remaining > v_total
      WHERE org_id = p_org[1] AND id = v_first;

      UPDATE credit_account AS account
      SET balance = account.balance - v_total, entry_seq = account.entry_seq + v_entries,
          trial_spent_micro_gbp = account.trial_spent_micro_gbp
            + CASE WHEN account.state = 'trial' THEN v_spend ELSE 0 END
      WHERE account.org_id = p_org[1]
      RETURNING account.entry_seq - v_entries, account.balance + v_total,
        CASE WHEN account.balance <= account.wake_at AND account.balance + v_total > account.wake_at
          OR account.state = 'trial' AND account.trial_spent_micro_gbp >= account.trial_wake_at
             AND account.trial_spent_micro_gbp - v_spend < account.trial_wake_at
        THEN p_org[1:1] END
      INTO v_seq, v_balance, v_crossed;

      INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at,
                                rate_version, actor, reason)
      SELECT p_org[1], v_seq + row_number() OVER draw, p_kind, - amount,
             v_balance - (sum(amount) OVER draw)::bigint, v_first, cause, p_at, p_rate, p_actor,
             p_reason
      FROM unnest(p_cause, p_amount) WITH ORDINALITY AS given (cause, amount, place)
      WHERE amount > 0 WINDOW draw AS (ORDER BY place);

      IF v_crossed IS NOT NULL THEN PERFORM ledger_wake(v_crossed); END IF;
      RETURN;
    END IF;
  END IF;

  -- Each round draws on one lot of each organisation, its first open one, which nearly always
  -- holds enough. What is left of the items goes round again.
  WHILE cardinality(p_org) > 0 LOOP
    WITH item AS (
      -- Laid end to end, an organisation's items are intervals of its demand:
      -- (up_to - amount, up_to].
      SELECT given.org_id, given.cause, given.amount, given.spend, given.place,
             row_number() OVER draw AS nth, (sum(given.amount) OVER draw)::bigint AS up_to
      FROM unnest(p_org, p_cause, p_amount, p_spend) WITH ORDINALITY
           AS given (org_id, cause, amount, spend, place)
      WHERE given.amount > 0
      WINDOW draw AS (PARTITION BY given.org_id ORDER BY given.place)
    ), source AS (
      -- The lot gives what it holds. Where none is open, overdraft gives everything.
      SELECT demand.org_id, demand.spend, lot.id AS lot_id,
             least(demand.total, lot.remaining) AS taken, account.balance, account.entry_seq
      FROM (
        SELECT org_id, max(up_to) AS total, sum(spend)::bigint AS spend FROM item GROUP BY org_id
      ) AS demand
      JOIN credit_account AS account ON account.org_id = demand.org_id
      LEFT JOIN LATERAL (
        SELECT id, remaining FROM credit_lot
        WHERE org_id = demand.org_id AND open AND id = coalesce(v_lot, id)
        ORDER BY kind, expires_at, id LIMIT 1
      ) AS lot ON true
    ), line AS (
      SELECT item.*, source.lot_id, source.taken, source.balance, source.entry_seq,
             source.spend AS total_spend
      FROM item JOIN source ON source.org_id = item.org_id
    ), posted AS (
      -- An item that begins within what was taken gets an entry, as far as it reaches.
      INSERT INTO ledger_entry (org_id, seq, kind, amount, balance_after, lot_id, cause, posted_at,
                                rate_version, actor, reason)
      SELECT org_id, entry_seq + nth, p_kind, up_to - amount - least(up_to, taken),
             balance - least(up_to, taken), lot_id, cause, p_at, p_rate, p_actor, p_reason
      FROM line WHERE up_to - amount < taken
    ), drawn AS (
      UPDATE credit_lot AS lot
      SET remaining = lot.remaining - source.taken, open = lot.remaining > source.taken
      FROM source WHERE lot.org_id = source.org_id AND lot.id = source.lot_id
    ), charged AS (
      UPDATE credit_account AS account
      SET balance = account.balance - total.taken, entry_seq = account.entry_seq + total.entries,
          overdraft = account.overdraft
            + CASE WHEN total.lot_id IS NULL THEN total.taken ELSE 0 END,
          trial_spent_micro_gbp = account.trial_spent_micro_gbp
            + CASE WHEN account.state = 'trial' THEN total.total_spend ELSE 0 END
      FROM (SELECT org_id, lot_id, taken, total_spend, max(nth) AS entries
            FROM line WHERE up_to - amount < taken
            GROUP BY org_id, lot_id, taken, total_spend) AS total
      WHERE account.org_id = total.org_id
      -- Crossed: the balance, or a trial's spend, was on the near side of its wake mark and no
      -- longer is.
      RETURNING account.org_id,
        account.balance <= account.wake_at AND account.balance + total.taken > account.wake_at
        OR account.state = 'trial' AND account.trial_spent_micro_gbp >= account.trial_wake_at
           AND account.trial_spent_micro_gbp - total.total_spend < account.trial_wake_at AS crossed
    )
    -- What the lot did not cover; its spend has been counted.
    SELECT (SELECT array_agg(org_id) FROM charged WHERE crossed),
           array_agg(org_id ORDER BY place), array_agg(cause ORDER BY place),
           array_agg(least(amount, up_to - taken) ORDER BY place), array_agg(0::bigint)
    INTO v_crossed, p_org, p_cause, p_amount, p_spend
    FROM line WHERE up_to > taken;
    v_lot := NULL;

    IF v_crossed IS NOT NULL THEN PERFORM ledger_wake(v_crossed); END IF;
  END LOOP;
END $function$;
CREATE OR REPLACE FUNCTION public.ledger_entry_in_step()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (
    SELECT
    FROM (
      SELECT org_id, min(seq) AS first, max(ARRAY[seq, balance_after]) AS last, count(*) AS entries
      FROM posted GROUP BY org_id
    ) AS run
    LEFT JOIN LATERAL (
      SELECT entry_seq, balance FROM credit_account WHERE org_id = run.org_id LIMIT 1
    ) AS account ON true
    WHERE run.last[1] - run.first + 1 <> run.entries
       OR account.entry_seq IS DISTINCT FROM run.last[1]
       OR account.balance IS DISTINCT FROM run.last[2]
  ) THEN
    RAISE EXCEPTION 'ledger entries and account are out of step'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_entry_in_step',
            TABLE = 'ledger_entry';
  END IF;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.ledger_grant(p_org uuid, p_kind lot_kind, p_amount bigint, p_source_key text, p_effective_at timestamp with time zone, p_expires_at timestamp with time zone, p_at timestamp with time zone, p_actor text, p_reason text)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
DECLARE
  v_lot bigint;
BEGIN
  -- The lot is named by the sequence of its first entry, which is the account's next one.
  INSERT INTO credit_lot (org_id, id, kind, granted, remaining, open, effective_at, expires_at,
                          source_key)
  SELECT p_org, entry_seq + 1, p_kind, p_amount, 0, false, p_effective_at,
         coalesce(p_expires_at, 'infinity'), p_source_key
  FROM credit_account WHERE org_id = p_org
  RETURNING id INTO STRICT v_lot;

  PERFORM ledger_credit(
    p_kind => 'grant', p_org => p_org, p_cause => p_source_key, p_lot => ARRAY[v_lot],
    p_amount => ARRAY[p_amount], p_at => p_at, p_actor => p_actor, p_reason => p_reason);

  -- The gauge's full mark where there is no allowance: the balance right after the last grant.
  UPDATE credit_account SET grant_peak = balance WHERE org_id = p_org;
  RETURN v_lot;
END $function$;
CREATE OR REPLACE FUNCTION public.ledger_settle(p_org uuid[], p_channel channel[], p_ref text[], p_cost bigint[], p_credits bigint[], p_spend bigint[], p_counted boolean[], p_mode interaction_mode[], p_level smallint[], p_reason text[], p_billable boolean[], p_fallback boolean[], p_fail_open boolean[], p_started_at timestamp with time zone[], p_rate text, p_at timestamp with time zone, p_day date)
 RETURNS TABLE(ord bigint, outcome text, credits bigint, cost_micro_usd bigint, mode interaction_mode, level smallint, reason text, billable boolean, is_fallback boolean, fail_open boolean, started_at timestamp with time zone)
 LANGUAGE plpgsql
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
 SET lock_timeout TO '1s'
AS $function$
#variable_conflict use_column
DECLARE
  v_demo uuid[];
  v_done bigint[] := '{}';
  v_ord bigint[];
  v_org uuid[];
  v_cause text[];
  v_credits bigint[];
  v_spend bigint[];
  v_stored interaction[];
  v_cost bigint := p_cost[1];
BEGIN
  -- 1. Lock the accounts, in order, and look which are demos. Every later statement sees what the
  -- lock waited for.
  SELECT coalesce(array_agg(org_id) FILTER (WHERE state = 'demo'), '{}')
  INTO v_demo
  FROM (
    SELECT org_id, state FROM credit_account
    WHERE org_id = ANY (p_org) ORDER BY org_id FOR NO KEY UPDATE
  ) AS locked;

  -- 2. Claim an interaction that comes alone, as step 3 does for many.
  IF cardinality(p_org) = 1 THEN
    UPDATE interaction AS stored
    SET settled_at = p_at, cost_micro_usd = v_cost,
        credits = CASE WHEN stored.billable AND v_demo = '{}' THEN p_credits[1] ELSE 0 END,
        rate_version = p_rate
    WHERE stored.org_id = p_org[1] AND stored.channel = p_channel[1]
      AND stored.provider_ref = p_ref[1] AND stored.settled_at IS NULL
    RETURNING 1, 'settled', stored.credits, stored.cost_micro_usd, stored.mode, stored.level,
              stored.reason, stored.billable, stored.is_fallback, stored.fail_open,
              stored.started_at
    INTO ord, outcome, credits, cost_micro_usd, mode, level, reason, billable, is_fallback,
         fail_open, started_at;
    IF FOUND THEN
      INSERT INTO usage_daily AS daily (org_id, day, channel, interactions, degraded, credits)
      VALUES (p_org[1], p_day, p_channel[1],
              (p_counted[1] AND mode = 'full' AND billable AND v_demo = '{}')::int,
              (p_counted[1] AND mode = 'degraded')::int, credits)
      ON CONFLICT (org_id, day, channel) DO UPDATE
        SET interactions = daily.interactions + excluded.interactions,
            degraded = daily.degraded + excluded.degraded,
            credits = daily.credits + excluded.credits;
      PERFORM ledger_debit(
        p_kind => 'usage', p_org => p_org, p_amount => ARRAY[credits], p_spend => p_spend,
        p_cause => ARRAY['interaction:' || p_channel[1] || ':' || p_ref[1]], p_at => p_at,
        p_rate => p_rate);
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  FOR pass IN 1 .. 2 LOOP
    -- 3. Claim the stored starts that are not settled yet, and count them on the day's rollup.
    WITH claimed AS (
      UPDATE interaction AS stored
      SET settled_at = p_at, cost_micro_usd = report.cost,
          credits = CASE WHEN stored.billable AND stored.org_id <> ALL (v_demo)
                         THEN report.credits ELSE 0 END,
          rate_version = p_rate
      FROM unnest(p_org, p_channel, p_ref, p_cost, p_credits, p_spend, p_counted) WITH ORDINALITY
           AS report (org_id, channel, ref, cost, credits, spend, counted, ord)
      WHERE stored.org_id = report.org_id AND stored.channel = report.channel
        AND stored.provider_ref = report.ref AND stored.settled_at IS NULL
      RETURNING report.ord, report.org_id, report.channel, report.ref, stored.credits, report.spend,
                report.counted AND (stored.mode = 'degraded'
                  OR stored.billable AND stored.org_id <> ALL (v_demo)) AS counted, stored.mode,
                stored
    ), rollup AS (
      INSERT INTO usage_daily AS daily (org_id, day, channel, interactions, degraded, credits)
      SELECT org_id, p_day, channel, count(*) FILTER (WHERE counted AND mode = 'full'),
             count(*) FILTER (WHERE counted AND mode = 'degraded'), sum(credits)
      FROM claimed GROUP BY org_id, channel
      ON CONFLICT (org_id, day, channel) DO UPDATE
        SET interactions = daily.interactions + excluded.interactions,
            degraded = daily.degraded + excluded.degraded,
            credits = daily.credits + excluded.credits
    )
    SELECT array_agg(ord), array_agg(org_id), array_agg('interaction:' || channel || ':' || ref),
           array_agg(credits), array_agg(spend), array_agg(stored)
    INTO v_ord, v_org, v_cause, v_credits, v_spend, v_stored
    FROM claimed;

    -- 4. Draw their credits.
    PERFORM ledger_debit(
      p_kind => 'usage', p_org => v_org, p_cause => v_cause, p_amount => v_credits,
      p_spend => v_spend, p_at => p_at, p_rate => p_rate);
    v_done := v_done || v_ord;
    RETURN QUERY
      SELECT v_ord[claim.ordinality], 'settled', claim.credits, claim.cost_micro_usd, claim.mode,
             claim.level, claim.reason, claim.billable, claim.is_fallback, claim.fail_open,
             claim.started_at
      FROM unnest(v_stored) WITH ORDINALITY AS claim;
    EXIT WHEN pass = 2 OR cardinality(v_done) = cardinality(p_org);

    -- 5. A report whose start was never stored, because the check failed open: store the start
    -- now, and claim it like the others.
    INSERT INTO interaction (org_id, channel, provider_ref, mode, level, reason, billable,
                             is_fallback, fail_open, started_at)
    SELECT missed.org_id, missed.channel, missed.ref, missed.mode, missed.level, missed.reason,
           missed.billable AND account.state <> 'demo', missed.fallback, missed.fail_open,
           missed.started_at
    FROM unnest(p_org, p_channel, p_ref, p_mode, p_level, p_reason, p_billable, p_fallback,
                p_fail_open, p_started_at) WITH ORDINALITY
         AS missed (org_id, channel, ref, mode, level, reason, billable, fallback, fail_open,
                    started_at, ord)
    JOIN credit_account AS account ON account.org_id = missed.org_id
    WHERE missed.ord <> ALL (v_done)
    ON CONFLICT DO NOTHING;
    EXIT WHEN NOT FOUND;
  END LOOP;

  -- 6. What was not claimed had been settled before, or has no account.
  IF cardinality(v_done) < cardinality(p_org) THEN
    RETURN QUERY
      SELECT report.ord,
             CASE WHEN stored.settled_at IS NULL THEN 'no_account'
                  WHEN stored.cost_micro_usd = report.cost THEN 'duplicate' ELSE 'conflict' END,
             stored.credits, stored.cost_micro_usd, stored.mode, stored.level, stored.reason,
             stored.billable, stored.is_fallback, stored.fail_open, stored.started_at
      FROM unnest(p_org, p_channel, p_ref, p_cost) WITH ORDINALITY
           AS report (org_id, channel, ref, cost, ord)
      LEFT JOIN interaction AS stored ON stored.org_id = report.org_id
        AND stored.channel = report.channel AND stored.provider_ref = report.ref
      WHERE report.ord <> ALL (v_done);
  END IF;
END $function$;
CREATE OR REPLACE FUNCTION public.ledger_wake(p_org uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM graphile_worker.add_job('watch-balance', json_build_object('orgId', woken.org_id),
                                  job_key => 'watch-balance:' || woken.org_id)
  FROM unnest(p_org) AS woken (org_id);
END $function$;
CREATE OR REPLACE FUNCTION public.member_left()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM graphile_worker.add_job('release-holds',
    json_build_object('orgId', OLD.organization_id, 'userId', OLD.user_id),
    max_attempts => 25, job_key => 'release-holds:' || OLD.organization_id || ':' || OLD.user_id);
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.move_clock(p_forward_ms bigint)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
DECLARE
  v_ahead_ms bigint;
  v_forward interval := p_forward_ms * interval '1 millisecond';
BEGIN
  UPDATE clock_offset SET ahead_ms = ahead_ms + p_forward_ms WHERE p_forward_ms > 0
  RETURNING ahead_ms INTO STRICT v_ahead_ms;
  PERFORM graphile_worker.reschedule_jobs(ARRAY[job.id], run_at => job.run_at - v_forward)
  FROM graphile_worker.jobs AS job WHERE job.run_at > now() AND job.attempts = 0;
  PERFORM graphile_worker.add_job('sweep-cycles', '{}', max_attempts => 1,
    job_key => 'sweep-cycles');
  PERFORM pg_notify('torqueflow_clock', v_ahead_ms::text);
  RETURN v_ahead_ms;
END $function$;
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, lower(TG_OP)
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $function$;
CREATE OR REPLACE FUNCTION public.search_forget()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  DELETE FROM conversation_word WHERE org_id = OLD.org_id AND conversation_id = OLD.id;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.search_index(p_org uuid, p_most integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE
  v_taken integer;
BEGIN
  WITH taken AS (
    DELETE FROM message_unindexed AS u USING (
      SELECT org_id, message_id FROM message_unindexed WHERE org_id = p_org
      ORDER BY message_id DESC LIMIT p_most FOR UPDATE SKIP LOCKED
    ) AS chosen
    WHERE u.org_id = chosen.org_id AND u.message_id = chosen.message_id
    RETURNING u.message_id
  ), spoken AS (
    SELECT m.conversation_id, m.body FROM taken
    JOIN message AS m ON m.org_id = p_org AND m.id = taken.message_id
  ), known AS (
    SELECT c.id AS conversation_id, concat_ws(' ', k.name, k.username,
             CASE WHEN k.phone IS NULL AND k.channel = 'sms' THEN k.external_id END) AS body
    FROM (SELECT DISTINCT conversation_id FROM spoken) AS s
    JOIN conversation AS c ON c.org_id = p_org AND c.id = s.conversation_id
    JOIN contact AS k ON k.org_id = p_org AND k.id = c.contact_id
  ), kept AS (
    INSERT INTO conversation_word (org_id, conversation_id, word)
    SELECT DISTINCT p_org, texts.conversation_id, lexeme.word
    FROM (SELECT * FROM spoken UNION ALL SELECT * FROM known) AS texts
    CROSS JOIN LATERAL unnest(search_lexemes(texts.body)) AS lexeme (word)
    ORDER BY texts.conversation_id, lexeme.word
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO v_taken FROM taken;
  RETURN v_taken;
END $function$;
CREATE OR REPLACE FUNCTION public.search_lexemes(p_text text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
BEGIN
  RETURN (
    WITH written AS (
      SELECT left(word, 64) AS word, lead(word) OVER (ORDER BY nth) AS next
      FROM unnest(search_words(p_text)) WITH ORDINALITY AS each (word, nth)
    )
    SELECT coalesce(array_agg(DISTINCT form.word), '{}') FROM (
      SELECT unnest(array_append(english.stem, written.word)) AS word
      FROM written CROSS JOIN LATERAL ts_lexize('english_stem', written.word) AS english (stem)
      WHERE english.stem <> '{}'
      UNION ALL
      SELECT word || next FROM written WHERE word ~ '^[a-z]{2}[0-9]{2}$' AND next ~ '^[a-z]{3}$'
    ) AS form
  );
END $function$;
CREATE OR REPLACE FUNCTION public.search_note()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO conversation_word (org_id, conversation_id, word)
  SELECT NEW.org_id, NEW.conversation_id, word FROM unnest(search_lexemes(NEW.body)) AS word
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.search_wanted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO message_unindexed (org_id, message_id)
  SELECT org_id, id FROM fresh WHERE author <> 'canned' AND body <> ''
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.search_wanted_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO message_unindexed (org_id, message_id) VALUES (NEW.org_id, NEW.id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.search_words(p_text text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT array_remove(string_to_array(
    regexp_replace(
      public.fold_letters(p_text),
      '[^0-9a-z\u00aa-\u1fff\u2c00-\ud7ff\uf900-\ufdff\uff10-\uffdc'
        || '\U00010000-\U0001efff\U00020000-\U0003ffff]+', ' ', 'g'),
    ' '), '')
$function$;

-- Triggers

CREATE TRIGGER audit_act_append_only BEFORE DELETE OR UPDATE ON public.audit_act FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_act_not_truncated BEFORE TRUNCATE ON public.audit_act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER search_forget AFTER DELETE ON public.conversation FOR EACH ROW EXECUTE FUNCTION search_forget();
CREATE TRIGGER search_note AFTER INSERT ON public.conversation_event FOR EACH ROW WHEN ((new.kind = 'note'::text)) EXECUTE FUNCTION search_note();
CREATE TRIGGER credit_account_kept BEFORE DELETE ON public.credit_account FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_lot_kept BEFORE DELETE ON public.credit_lot FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER interaction_kept BEFORE DELETE ON public.interaction FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER interaction_mode_fixed BEFORE UPDATE OF mode, level, reason, billable ON public.interaction FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER interaction_settles_once BEFORE UPDATE ON public.interaction FOR EACH ROW WHEN ((old.settled_at IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_append_only BEFORE DELETE OR UPDATE ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_in_step AFTER INSERT ON public.ledger_entry REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_in_step();
CREATE TRIGGER ledger_entry_not_truncated BEFORE TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER member_left AFTER DELETE ON public.member FOR EACH ROW EXECUTE FUNCTION member_left();
CREATE TRIGGER member_role_changed AFTER UPDATE OF role ON public.member FOR EACH ROW WHEN ((old.role IS DISTINCT FROM new.role)) EXECUTE FUNCTION member_left();
CREATE TRIGGER search_wanted AFTER INSERT ON public.message REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION search_wanted();
CREATE TRIGGER search_wanted_again AFTER UPDATE OF body ON public.message FOR EACH ROW WHEN ((old.body IS DISTINCT FROM new.body)) EXECUTE FUNCTION search_wanted_again();
CREATE TRIGGER top_up_consent_append_only BEFORE DELETE OR UPDATE ON public.top_up_consent FOR EACH ROW EXECUTE FUNCTION refuse_change();
