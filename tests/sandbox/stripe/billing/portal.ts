import type Stripe from "stripe";
import { z } from "zod";
import { customerOf } from "../customers";
import type { Endpoint } from "../endpoint";
import { misuse, noSuch } from "../errors";
import { emit } from "../events";
import { listBy } from "../lists";
import { ignored, type ParamsOf, words } from "../params";
import type { StripeState } from "../state";
import type { PortalConfiguration, PortalSession } from "./objects";

const DEFAULT = "bpc_default";
const MOST_BAYS = 50;

const sessionParams = z.strictObject({
  customer: words,
  configuration: words.optional(),
  return_url: words.optional(),
  locale: words.optional(),
  flow_data: ignored,
} satisfies ParamsOf<Stripe.BillingPortal.SessionCreateParams>);

const features: PortalConfiguration["features"] = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: true,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: ["price", "quantity"],
    enabled: true,
    products: [
      {
        adjustable_quantity: { enabled: true, maximum: MOST_BAYS, minimum: 1 },
        prices: ["price_bay_monthly", "price_bay_yearly"],
        product: "prod_torqueflow",
      },
    ],
    proration_behavior: "always_invoice",
    schedule_at_period_end: {
      conditions: [{ type: "decreasing_item_amount" }, { type: "shortening_interval" }],
    },
    trial_update_behavior: "end_trial",
  },
};

/** What the portal lets customers do, as somebody set it in the dashboard. */
export function seedPortal(state: StripeState): void {
  state.portalConfigurations.put({
    id: DEFAULT,
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: state.now(),
    default_return_url: null,
    features,
    is_default: true,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: state.now(),
  });
}

const isUrl = (url: string | undefined): boolean => url === undefined || /^https?:\/\//.test(url);

function open(state: StripeState, asked: z.output<typeof sessionParams>): PortalSession {
  const { customer, configuration = DEFAULT, return_url: back } = asked;
  customerOf(state, customer, "customer");
  if (!state.portalConfigurations.get(configuration))
    throw noSuch("configuration", configuration, "configuration");
  if (!isUrl(back)) throw misuse("Not a valid URL", { code: "url_invalid", param: "return_url" });
  const id = state.newId("bps");
  const session = state.portalSessions.put({
    id,
    object: "billing_portal.session",
    configuration,
    created: state.now(),
    customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: asked.locale ?? null,
    on_behalf_of: null,
    return_url: back ?? null,
    url: `${state.sandbox.url()}/portal/${id}`,
  });
  emit(state, "billing_portal.session.created", session);
  return session;
}

export function portalSessionOf({ portalSessions }: StripeState, id: string): PortalSession {
  const session = portalSessions.get(id);
  if (!session) throw noSuch("billing_portal.session", id);
  return session;
}

export const portalEndpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/billing_portal/sessions",
    name: "billingPortal.sessions.create",
    run: (state, call) => open(state, call.read(sessionParams)),
  },
  {
    method: "GET",
    path: "/billing_portal/configurations",
    name: "billingPortal.configurations.list",
    run: ({ portalConfigurations }, { given, path }) =>
      listBy(portalConfigurations.list(), given, ["active", "is_default"], path),
  },
];
