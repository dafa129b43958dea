import type Stripe from "stripe";
import { z } from "zod";
import { listParams } from "../lists";
import { flag, ignored, int, metadata, type ParamsOf, unsettable, words } from "../params";

const rates = z.union([z.literal("").transform((): string[] => []), z.array(z.string())]);
const proration = z.enum(["create_prorations", "always_invoice", "none"]);
const behaviour = z.enum(["allow_incomplete", "default_incomplete", "error_if_incomplete"]);

const newItem = z.strictObject({
  price: words,
  quantity: int.optional(),
  tax_rates: rates.optional(),
  metadata: metadata.optional(),
} satisfies ParamsOf<Stripe.SubscriptionCreateParams.Item>);

const common = {
  cancel_at_period_end: flag.optional(),
  default_payment_method: words.optional(),
  default_tax_rates: rates.optional(),
  description: unsettable.optional(),
  metadata: metadata.optional(),
  off_session: flag.optional(),
  payment_behavior: behaviour.optional(),
  payment_settings: ignored,
  proration_behavior: proration.optional(),
};

export const createParams = z.strictObject({
  customer: words,
  items: z.array(newItem).min(1),
  ...common,
  cancel_at: int.optional(),
  billing_cycle_anchor: int.optional(),
  backdate_start_date: int.optional(),
  billing_mode: ignored,
  collection_method: z.enum(["charge_automatically"]).optional(),
  currency: words.optional(),
  trial_end: int.optional(),
  trial_period_days: int.optional(),
} satisfies ParamsOf<Stripe.SubscriptionCreateParams>);

export const subscriptionListParams = z.strictObject({
  ...listParams,
  customer: words.optional(),
  price: words.optional(),
  status: z
    .enum([
      "active",
      "all",
      "canceled",
      "ended",
      "incomplete",
      "incomplete_expired",
      "past_due",
      "paused",
      "trialing",
      "unpaid",
    ])
    .optional(),
} satisfies ParamsOf<Stripe.SubscriptionListParams>);

export type SubscriptionParams = z.output<typeof createParams>;
