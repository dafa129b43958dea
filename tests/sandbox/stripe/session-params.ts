import type Stripe from "stripe";
import { z } from "zod";
import { flag, ignored, int, metadata, type ParamsOf, unsettable, words } from "./params";

const lineItem = z.strictObject({
  price: words.optional(),
  price_data: z
    .strictObject({
      currency: words.length(3),
      unit_amount: int,
      product: words.optional(),
      product_data: z.strictObject({ name: words.min(1), metadata: metadata.optional() }).optional(),
      tax_behavior: z.enum(["inclusive", "exclusive", "unspecified"]).optional(),
    })
    .optional(),
  quantity: int.optional(),
  metadata: metadata.optional(),
  tax_rates: z.array(z.string()).optional(),
  adjustable_quantity: ignored,
});

/** What a Checkout session may be asked for. */
export const sessionParams = z.strictObject({
  mode: z.enum(["payment", "setup", "subscription"]).optional(),
  line_items: z.array(lineItem).optional(),
  customer: words.optional(),
  customer_email: words.optional(),
  customer_creation: z.enum(["always", "if_required"]).optional(),
  client_reference_id: words.optional(),
  metadata: metadata.optional(),
  success_url: words.optional(),
  cancel_url: words.optional(),
  expires_at: int.optional(),
  currency: words.optional(),
  locale: words.optional(),
  ui_mode: z.enum(["hosted_page"]).optional(),
  allow_promotion_codes: flag.optional(),
  adaptive_pricing: z.strictObject({ enabled: flag.optional() }).optional(),
  automatic_tax: z.strictObject({ enabled: flag }).optional(),
  allowed_payment_method_types: z.array(z.string()).optional(),
  saved_payment_method_options: z
    .strictObject({
      allow_redisplay_filters: z.array(z.enum(["always", "limited", "unspecified"])).optional(),
      payment_method_remove: z.enum(["enabled", "disabled"]).optional(),
      payment_method_save: z.enum(["enabled", "disabled"]).optional(),
    })
    .optional(),
  payment_intent_data: z
    .strictObject({
      description: unsettable.optional(),
      metadata: metadata.optional(),
      receipt_email: unsettable.optional(),
      setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
      capture_method: z.enum(["automatic", "automatic_async"]).optional(),
      statement_descriptor_suffix: unsettable.optional(),
    })
    .optional(),
  subscription_data: z
    .strictObject({
      default_tax_rates: z.array(z.string()).optional(),
      description: unsettable.optional(),
      metadata: metadata.optional(),
      billing_mode: ignored,
    })
    .optional(),
  payment_method_collection: z.enum(["always", "if_required"]).optional(),
  submit_type: z.enum(["auto", "pay", "book", "donate"]).optional(),
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  branding_settings: ignored,
  consent_collection: ignored,
  custom_text: ignored,
  customer_update: ignored,
  invoice_creation: ignored,
  payment_method_options: ignored,
  phone_number_collection: ignored,
  tax_id_collection: ignored,
} satisfies ParamsOf<Stripe.Checkout.SessionCreateParams>);

export type SessionParams = z.output<typeof sessionParams>;
export type LineItemParams = z.output<typeof lineItem>;
