import type Stripe from "stripe";
import { z } from "zod";
import { flag, ignored, int, metadata, type ParamsOf, unsettable, words } from "./params";

const usage = z.enum(["off_session", "on_session"]);
const offSession = z.union([flag, z.enum(["one_off", "recurring"]).transform(() => true)]);
const common = {
  customer: words.optional(),
  description: unsettable.optional(),
  metadata: metadata.optional(),
  payment_method: words.optional(),
  receipt_email: unsettable.optional(),
  setup_future_usage: usage.optional(),
  payment_method_options: ignored,
};
const confirming = {
  error_on_requires_action: flag.optional(),
  off_session: offSession.optional(),
  return_url: words.optional(),
  mandate_data: ignored,
  use_stripe_sdk: ignored,
};
export const createParams = z.strictObject({
  amount: int,
  currency: words.length(3),
  ...common,
  ...confirming,
  confirm: flag.optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
    .optional(),
  allowed_payment_method_types: z.array(z.string()).optional(),
  capture_method: z.enum(["automatic", "automatic_async"]).optional(),
  confirmation_method: z.enum(["automatic"]).optional(),
  statement_descriptor_suffix: unsettable.optional(),
} satisfies ParamsOf<Stripe.PaymentIntentCreateParams>);
export const updateParams = z.strictObject({
  ...common,
  amount: int.optional(),
  currency: words.optional(),
} satisfies ParamsOf<Stripe.PaymentIntentUpdateParams>);
export const confirmParams = z.strictObject({
  ...confirming,
  payment_method: words.optional(),
  receipt_email: unsettable.optional(),
  setup_future_usage: usage.optional(),
  payment_method_options: ignored,
} satisfies ParamsOf<Stripe.PaymentIntentConfirmParams>);

const REASONS = ["abandoned", "duplicate", "fraudulent", "requested_by_customer"] as const;
export const cancelParams = z.strictObject({ cancellation_reason: z.enum(REASONS).optional() });
