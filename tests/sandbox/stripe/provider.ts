import type { HttpProvider } from "../core/providers";
import type { Route } from "../core/router";
import { deleteCustomerEndpoints } from "./billing/delete-customer";
import { invoiceEndpoints } from "./billing/invoices";
import { portalEndpoints } from "./billing/portal";
import { subscriptionEndpoints } from "./billing/subscriptions";
import { taxRateEndpoints } from "./billing/tax-rates";
import { catalogEndpoints } from "./catalog";
import { chargeEndpoints } from "./charges";
import { customerEndpoints } from "./customers";
import { disputeEndpoints } from "./disputes";
import type { Endpoint } from "./endpoint";
import { eventEndpoints } from "./event-endpoints";
import { handle, notFound } from "./handle";
import { paymentIntentEndpoints } from "./payment-intents";
import { paymentMethodEndpoints } from "./payment-methods";
import { refundEndpoints } from "./refunds";
import { sessionEndpoints } from "./sessions";
import type { StripeState } from "./state";

/** Another resource is one more file with its endpoints. */
const ENDPOINTS: readonly Endpoint[] = [
  ...customerEndpoints,
  ...deleteCustomerEndpoints,
  ...catalogEndpoints,
  ...paymentMethodEndpoints,
  ...sessionEndpoints,
  ...paymentIntentEndpoints,
  ...chargeEndpoints,
  ...refundEndpoints,
  ...disputeEndpoints,
  ...taxRateEndpoints,
  ...subscriptionEndpoints,
  ...invoiceEndpoints,
  ...portalEndpoints,
  ...eventEndpoints,
];

/** Stripe's REST API at the root of the sandbox, because the official SDK takes a host and no path. */
export function stripeProvider(state: StripeState): HttpProvider {
  const routes: Route[] = ENDPOINTS.map((endpoint) => ({
    method: endpoint.method,
    path: endpoint.path,
    type: endpoint.name,
    handle: (request) => handle(state, endpoint, request),
  }));
  return {
    name: "stripe",
    prefix: "/v1",
    routes,
    notFound: (request) => notFound(state, request),
    reset: state.reset,
  };
}
