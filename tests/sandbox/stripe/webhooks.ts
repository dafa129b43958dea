import { createHmac } from "node:crypto";
import type { Sandbox } from "../core/context";
import { type Delivery, isSuccess, type RetryPolicy } from "../core/delivery";
import type { StoredEvent } from "./objects";

const WEBHOOK_PATH = "/api/webhooks/stripe";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Anything but 2xx is tried again, ever less often, for up to three days; pauses beyond hours are cut off here. */
const RETRIES: RetryPolicy = {
  pausesMs: [5 * SECOND, 30 * SECOND, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE],
  again: (outcome) => !isSuccess(outcome),
};

/** `t` is when this attempt was signed. Source: docs.stripe.com/webhooks "Verify webhook signatures manually" */
function stripeSignature(secret: string, body: string, seconds: number): string {
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${signature}`;
}

/** What a behaviour can match: the object, and whose it is. */
function labelsOf({ id, type, data: { object } }: StoredEvent, owner: string | null): Record<string, string> {
  const field = (name: string): string | undefined => {
    const value: unknown = Reflect.get(object, name);
    return typeof value === "string" ? value : undefined;
  };
  const own = field("id") ?? "";
  const labels = {
    event: id,
    type,
    object: own,
    payment_intent: field("object") === "payment_intent" ? own : field("payment_intent"),
    customer: field("object") === "customer" ? own : (field("customer") ?? owner ?? undefined),
  };
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

interface Told {
  event: StoredEvent;
  /** Whose it is, where the object itself does not say so. */
  owner: string | null;
  settled: () => void;
}

/** An event on its way. Those of one customer share a lane, so that they can be told to change places. */
export function stripeDelivery(sandbox: Sandbox, { event, owner, settled }: Told): Delivery {
  const labels = labelsOf(event, owner);
  return {
    provider: "stripe",
    type: event.type,
    labels,
    lane: `stripe:${labels.customer ?? labels.payment_intent ?? "account"}`,
    url: `${sandbox.settings().appUrl}${WEBHOOK_PATH}`,
    body: JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2),
    headers: (body, forged) => ({
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "stripe-signature": stripeSignature(
        forged ? "whsec_a_wrong_secret" : sandbox.secrets.stripeWebhookSecret,
        body,
        Math.floor(Date.now() / SECOND),
      ),
    }),
    policy: RETRIES,
    settled: (outcome) => {
      if (isSuccess(outcome)) settled();
    },
  };
}
