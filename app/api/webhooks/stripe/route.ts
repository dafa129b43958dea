import { systemContext } from "@/lib/auth/context";
import { receiveStripeEvent } from "@/lib/billing/receive-stripe-event";
import { readDelivery } from "@/lib/billing/stripe/events";
import { readBody } from "@/lib/http/read-body";
import { route } from "@/lib/http/route";
import { metrics } from "@/lib/shared/metrics";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1024 * 1024;

/** Stripe's events. The signature is over the raw bytes. */
export const POST = route("webhooks/stripe", async (request, { log }) => {
  const ctx = systemContext("stripe-webhook", { log });
  const raw = await readBody(request, MAX_BODY_BYTES);
  const event = readDelivery(raw, request.headers.get("stripe-signature"));
  const outcome = await receiveStripeEvent(ctx, event);
  metrics.stripeEvents.inc({ via: "webhook", outcome });
  return Response.json({ received: true });
});
