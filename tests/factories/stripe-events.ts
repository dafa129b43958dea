import Stripe from "stripe";
import { newId } from "@/lib/shared/ids";

export type Signed = {
  readonly secret?: string;
  readonly ageSeconds?: number;
  readonly header?: string | null;
};

/** An event's body, as Stripe would send it. */
export const eventBody = (
  type: string,
  object: Record<string, unknown>,
  id = `evt_${newId().replaceAll("-", "")}`,
): string => JSON.stringify({ id, object: "event", type, data: { object } });

/** Delivers a body to a webhook as Stripe would, signed like this, and answers its status. */
export async function deliver(webhookUrl: string, payload: string, signed: Signed = {}): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1_000) - (signed.ageSeconds ?? 0);
  const secret = signed.secret ?? String(process.env.STRIPE_WEBHOOK_SECRET);
  const header =
    signed.header === undefined
      ? Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
      : signed.header;
  const answer = await fetch(webhookUrl, {
    method: "POST",
    body: payload,
    headers: { "content-type": "application/json", ...(header ? { "stripe-signature": header } : {}) },
  });
  return answer.status;
}
