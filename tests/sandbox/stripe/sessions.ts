import type Stripe from "stripe";
import { customerOf } from "./customers";
import type { Endpoint } from "./endpoint";
import { misuse, noSuch, refusal } from "./errors";
import { change, emit } from "./events";
import { listBy, pageOf } from "./lists";
import type { LineItem, Session } from "./objects";
import { mergeMetadata } from "./params";
import { cancelIntent } from "./payment-intents";
import { boughtIn, checkMode, planOf } from "./session-items";
import { type SessionParams, sessionParams } from "./session-params";
import { intentOfSession } from "./session-progress";
import type { StripeState } from "./state";

const HALF_HOUR = 1_800;
const DAY = 86_400;

function checkUrl(url: string | undefined, param: string): void {
  if (url !== undefined && !/^https?:\/\//.test(url))
    throw misuse("Not a valid URL", { code: "url_invalid", param });
}

function expiryOf(state: StripeState, asked: number | undefined): number {
  const now = state.now();
  if (asked === undefined) return now + DAY;
  if (asked < now + HALF_HOUR)
    throw misuse("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", {
      param: "expires_at",
    });
  if (asked > now + DAY)
    throw misuse("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", {
      param: "expires_at",
    });
  return asked;
}

/** A payment makes no invoice unless it is asked to. */
const NO_INVOICE: Stripe.Checkout.Session["invoice_creation"] = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

const person = (email: string | null, name: string | null): Stripe.Checkout.Session.CustomerDetails => ({
  address: null,
  business_name: null,
  email,
  individual_name: null,
  name,
  phone: null,
  tax_exempt: "none",
  tax_ids: null,
});

function savedOptions({
  saved_payment_method_options: asked,
}: SessionParams): Stripe.Checkout.Session.SavedPaymentMethodOptions {
  return {
    allow_redisplay_filters: asked?.allow_redisplay_filters ?? ["always"],
    payment_method_remove: asked?.payment_method_remove ?? null,
    payment_method_save: asked?.payment_method_save ?? null,
  };
}

function sessionObject(state: StripeState, asked: SessionParams, items: readonly LineItem[]): Session {
  const id = state.newId("cs_test");
  const sumOf = (field: "amount_subtotal" | "amount_tax" | "amount_total"): number =>
    items.reduce((sum, item) => sum + item[field], 0);
  const subscribes = asked.mode === "subscription";
  const customer = asked.customer === undefined ? null : customerOf(state, asked.customer, "customer");
  const email = customer?.email ?? asked.customer_email ?? null;
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: asked.adaptive_pricing?.enabled ?? true },
    after_expiration: null,
    allow_promotion_codes: asked.allow_promotion_codes ?? null,
    allowed_payment_method_types: asked.allowed_payment_method_types ?? null,
    amount_subtotal: sumOf("amount_subtotal"),
    amount_total: sumOf("amount_total"),
    automatic_tax: {
      enabled: asked.automatic_tax?.enabled ?? false,
      liability: null,
      provider: null,
      status: null,
    },
    billing_address_collection: asked.billing_address_collection ?? null,
    cancel_url: asked.cancel_url ?? null,
    client_reference_id: asked.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: state.now(),
    currency: items[0]?.currency ?? "gbp",
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer ? null : subscribes ? "always" : (asked.customer_creation ?? "if_required"),
    customer_details: email === null ? null : person(email, null),
    customer_email: asked.customer_email ?? null,
    discounts: null,
    expires_at: expiryOf(state, asked.expires_at),
    integration_identifier: null,
    invoice: null,
    invoice_creation: subscribes ? null : NO_INVOICE,
    livemode: false,
    locale: asked.locale ?? null,
    managed_payments: null,
    metadata: mergeMetadata({}, asked.metadata),
    mode: subscribes ? "subscription" : "payment",
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: asked.payment_method_collection ?? (subscribes ? "always" : "if_required"),
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: asked.allowed_payment_method_types ?? ["card"],
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: customer ? savedOptions(asked) : null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: asked.submit_type ?? null,
    subscription: null,
    success_url: asked.success_url ?? "",
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: sumOf("amount_tax") },
    ui_mode: "hosted_page",
    url: `${state.sandbox.url()}/checkout/${id}`,
    wallet_options: null,
  };
}

function create(state: StripeState, asked: SessionParams): Session {
  checkMode(asked);
  checkUrl(asked.success_url, "success_url");
  checkUrl(asked.cancel_url, "cancel_url");
  // Whatever can be refused is, before prices are made for it.
  if (asked.customer !== undefined) customerOf(state, asked.customer, "customer");
  expiryOf(state, asked.expires_at);
  const bought = boughtIn(state, asked);
  const items = bought.map(({ item }) => item);
  const session = state.sessions.put(sessionObject(state, asked, items));
  state.plans.set(session.id, planOf(state, asked, bought));
  return session;
}

/** Nobody can pay it any more; a payment that was begun is given up. */
export function expire(state: StripeState, session: Session): Session {
  if (session.status !== "open")
    throw refusal(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  const expired = change(state, state.sessions, session, { status: "expired", url: null });
  const intent = intentOfSession(state, session);
  if (intent) cancelIntent(state, intent, "automatic");
  emit(state, "checkout.session.expired", expired);
  return expired;
}

export function sessionOf({ sessions }: StripeState, id: string): Session {
  const session = sessions.get(id);
  if (!session) throw noSuch("checkout.session", id);
  return session;
}

export const sessionEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/checkout/sessions",
    name: "checkout.sessions.create",
    run: (state, call) => create(state, call.read(sessionParams)),
  },
  {
    method: "GET",
    path: "/checkout/sessions",
    name: "checkout.sessions.list",
    run: ({ sessions }, { given, path }) =>
      listBy(sessions.list(), given, ["customer", "payment_intent", "status"], path),
  },
  {
    method: "GET",
    path: "/checkout/sessions/:id",
    name: "checkout.sessions.retrieve",
    run: (state, { id }) => sessionOf(state, id),
  },
  {
    method: "POST",
    path: "/checkout/sessions/:id/expire",
    name: "checkout.sessions.expire",
    run: (state, { id }) => expire(state, sessionOf(state, id)),
  },
  {
    method: "GET",
    path: "/checkout/sessions/:id/line_items",
    name: "checkout.sessions.listLineItems",
    run: (state, { id, path }) => pageOf(state.plans.get(sessionOf(state, id).id)?.lineItems ?? [], {}, path),
  },
];
