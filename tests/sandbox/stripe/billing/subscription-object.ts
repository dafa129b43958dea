import type { Price } from "../objects";
import type { StripeState } from "../state";
import type { NewItem, Plan, Subscription, SubscriptionItem, TaxRate } from "./objects";

/** What a price was called before. */
export const planOf = (price: Price): Plan => ({
  id: price.id,
  object: "plan",
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: "per_unit",
  created: price.created,
  currency: price.currency,
  interval: price.recurring?.interval ?? "month",
  interval_count: price.recurring?.interval_count ?? 1,
  livemode: false,
  metadata: price.metadata,
  meter: null,
  nickname: price.nickname,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: null,
  usage_type: "licensed",
});

export const itemObject = (
  state: StripeState,
  subscription: string,
  { price, quantity, taxRates, metadata }: NewItem,
  period: { start: number; end: number },
): SubscriptionItem => ({
  id: state.newId("si"),
  object: "subscription_item",
  billing_thresholds: null,
  created: state.now(),
  current_period_end: period.end,
  current_period_start: period.start,
  current_trial: null,
  discounts: [],
  metadata,
  plan: planOf(price),
  price,
  quantity,
  subscription,
  tax_rates: taxRates,
});

/** What a subscription is to be. */
export interface NewSubscription {
  customer: string;
  items: readonly NewItem[];
  currency: string;
  anchor: number;
  startDate: number;
  firstPeriod: { start: number; end: number };
  trialEnd: number | null;
  defaultMethod: string | null;
  defaultTaxRates: TaxRate[];
  description: string | null;
  metadata: Subscription["metadata"];
  cancelAt: number | null;
  cancelAtPeriodEnd: boolean;
}

export function subscriptionObject(state: StripeState, asked: NewSubscription): Subscription {
  const id = state.newId("sub");
  const items = asked.items.map((item) => itemObject(state, id, item, asked.firstPeriod));
  const endsAt = asked.cancelAtPeriodEnd ? asked.firstPeriod.end : asked.cancelAt;
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: asked.anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: endsAt,
    cancel_at_period_end: asked.cancelAtPeriodEnd,
    canceled_at: endsAt === null ? null : state.now(),
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: endsAt === null ? null : "cancellation_requested",
    },
    collection_method: "charge_automatically",
    created: state.now(),
    currency: asked.currency,
    customer: asked.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: asked.defaultMethod,
    default_source: null,
    default_tax_rates: asked.defaultTaxRates,
    description: asked.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: { object: "list", url: `/v1/subscription_items?subscription=${id}`, has_more: false, data: items },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: asked.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: asked.startDate,
    status: "incomplete",
    test_clock: null,
    transfer_data: null,
    trial_end: asked.trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" },
    },
    trial_start: asked.trialEnd === null ? null : asked.startDate,
  };
}
