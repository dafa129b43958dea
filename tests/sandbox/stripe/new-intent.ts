import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import { emit } from "./events";
import type { PaymentIntent } from "./objects";
import type { StripeState } from "./state";

const SECRET_BYTES = 12;

/** What a payment is to be. */
export interface NewIntent {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Stripe.Metadata;
  receiptEmail: string | null;
  setupFutureUsage: "off_session" | "on_session" | null;
  types: readonly string[];
}

export function createIntent(state: StripeState, asked: NewIntent): PaymentIntent {
  const id = state.newId("pi");
  const intent: PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: asked.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomBytes(SECRET_BYTES).toString("hex")}`,
    confirmation_method: "automatic",
    created: state.now(),
    currency: asked.currency.toLowerCase(),
    customer: asked.customer,
    customer_account: null,
    description: asked.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: asked.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: [...asked.types],
    payment_record: null,
    processing: null,
    receipt_email: asked.receiptEmail,
    review: null,
    setup_future_usage: asked.setupFutureUsage,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
  emit(state, "payment_intent.created", state.paymentIntents.put(intent));
  return intent;
}
