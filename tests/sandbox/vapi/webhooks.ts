import type { Sandbox } from "../core/context";
import { type Delivery, isSuccess } from "../core/delivery";
import type { Call } from "./call";

const WEBHOOK_PATH = "/api/webhooks/voice";
const BASE_PAUSE_MS = 1_000;
const MAX_RETRIES = 10;

export const serverUrl = (sandbox: Sandbox): string => `${sandbox.settings().publicUrl}${WEBHOOK_PATH}`;

/**
 * A message to the phone number's server, with the shared secret. Retried only where a backoff plan says so
 * (`voiceRetries`), and then for anything that is not 2xx.
 */
export function vapiDelivery(
  sandbox: Sandbox,
  call: Call,
  type: string,
  payload: unknown,
  label = type,
): Delivery {
  const retries = Math.min(MAX_RETRIES, sandbox.settings().voiceRetries);
  return {
    provider: "vapi",
    type: label,
    labels: { line: call.line.slug, customer: call.customer, call: call.id, event: type },
    lane: `vapi:${call.id}`,
    url: `${sandbox.settings().appUrl}${WEBHOOK_PATH}`,
    body: JSON.stringify(payload),
    headers: (_body, forged) => ({
      "content-type": "application/json",
      "x-vapi-secret": forged ? "a wrong secret" : sandbox.secrets.vapiWebhookSecret,
      "x-call-id": call.id,
    }),
    policy: {
      pausesMs: Array.from({ length: retries }, (_, attempt) => BASE_PAUSE_MS * 2 ** attempt),
      again: (outcome) => !isSuccess(outcome),
    },
  };
}
