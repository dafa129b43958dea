import type Stripe from "stripe";
import { z } from "zod";
import { listParams } from "../lists";
import { flag, ignored, int, metadata, type ParamsOf, unsettable, words } from "../params";

const rates = z.union([z.literal("").transform((): string[] => []), z.array(z.string())]);
export const proration = z.enum(["create_prorations", "always_invoice", "none"]);
const behaviour = z.enum(["allow_incomplete", "default_incomplete", "error_if_incomplete"]);

const newItem = z.strictObject({
  price: words,
  quantity: int.optional(),
  tax_rates: rates.optional(),
  metadata: metadata.optional(),
} satisfies ParamsOf<Stripe.SubscriptionCreateParams.Item>);

const changedItem = z.strictObject({
  id: words.optional(),
  price: words.optional(),
  quantity: int.optional(),
  tax_rates: rates.optional(),
  metadata: metadata.optional(),
  deleted: flag.optional(),
} satisfies ParamsOf<Stripe.SubscriptionUpdateParams.Item>);

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

export const changedItems = z.array(changedItem);

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

const cancelAt = z.union([
  z.literal("").transform(() => null),
  int,
  z.enum(["min_period_end", "max_period_end"]),
]);

export const updateParams = z.strictObject({
  items: changedItems.optional(),
  ...common,
  billing_cycle_anchor: z.enum(["now", "unchanged"]).optional(),
  cancel_at: cancelAt.optional(),
  cancellation_details: z
    .strictObject({ comment: unsettable.optional(), feedback: unsettable.optional() })
    .optional(),
  pause_collection: z
    .union([
      z.literal("").transform(() => null),
      z.strictObject({
        behavior: z.enum(["keep_as_draft", "mark_uncollectible", "void"]),
        resumes_at: int.optional(),
      }),
    ])
    .optional(),
  proration_date: int.optional(),
  trial_end: z.union([z.literal("now"), int]).optional(),
} satisfies ParamsOf<Stripe.SubscriptionUpdateParams>);

export const cancelParams = z.strictObject({
  cancellation_details: z
    .strictObject({ comment: unsettable.optional(), feedback: unsettable.optional() })
    .optional(),
  invoice_now: flag.optional(),
  prorate: flag.optional(),
} satisfies ParamsOf<Stripe.SubscriptionCancelParams>);

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

export const pauseParams = z.strictObject({
  type: z.enum(["subscription"]).optional(),
} satisfies ParamsOf<Stripe.SubscriptionPauseParams>);

export const resumeParams = z.strictObject({
  billing_cycle_anchor: z.strictObject({ type: z.enum(["now", "unchanged"]) }).optional(),
} satisfies ParamsOf<Stripe.SubscriptionResumeParams>);

export type SubscriptionParams = z.output<typeof createParams>;
export type SubscriptionChange = z.output<typeof updateParams>;
