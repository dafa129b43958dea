import { receiveStripeEvent } from "@/lib/billing/receive-stripe-event";
import { readDelivery } from "@/lib/billing/stripe/events";
import { webhook } from "@/lib/http/webhook";
import { metrics } from "@/lib/shared/metrics";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Stripe's events. The signature is over the raw bytes. */
export const POST = webhook("webhooks/stripe", {
  verify: ({ request, raw }) => readDelivery(raw, request.headers.get("stripe-signature")),
  receive: async (ctx, event) => {
    const outcome = await receiveStripeEvent(ctx, event);
    metrics().stripeEvents.inc({ via: "webhook", outcome });
    return { received: true };
  },
});
