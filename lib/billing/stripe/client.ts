import Stripe from "stripe";
import { env } from "@/lib/shared/env";
import { processWide } from "@/lib/shared/process-wide";

const TIMEOUT_MS = 10_000;

/** The official SDK, at its pinned API version. Only the host differs between Stripe and the local provider. */
export const stripe = processWide("stripe-client", create);

function create(): Stripe {
  const base = new URL(env().STRIPE_API_BASE);
  return new Stripe(env().STRIPE_SECRET_KEY, {
    host: base.hostname,
    port: base.port || (base.protocol === "https:" ? "443" : "80"),
    protocol: base.protocol === "https:" ? "https" : "http",
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 2,
    telemetry: false,
  });
}
