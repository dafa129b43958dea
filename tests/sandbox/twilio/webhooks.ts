import { randomUUID } from "node:crypto";
import type { Sandbox } from "../core/context";
import type { Delivery, Outcome, RetryPolicy } from "../core/delivery";
import { twilioSignature } from "../core/signatures";

/**
 * `rc=1`, `rp=ct`: only a connection that cannot be made is tried once more; neither a read timeout nor a bad status.
 * Source: Twilio "Webhooks (HTTP callbacks): connection overrides"
 */
const RETRIES: RetryPolicy = { pausesMs: [0], again: (outcome) => outcome.kind === "unreachable" };

interface TwilioDelivery {
  type: string;
  lane: string;
  labels: Readonly<Record<string, string>>;
  /** As configured at Twilio, below the public address. */
  url: string;
  params: Readonly<Record<string, string>>;
  settled?: (outcome: Outcome) => void;
}

/** A form post, signed over the configured URL and its parameters, and sent to where the application really listens. */
export function twilioDelivery(sandbox: Sandbox, given: TwilioDelivery): Delivery {
  const { publicUrl, appUrl } = sandbox.settings();
  const { url, params, settled, type, lane, labels } = given;
  const form = new URLSearchParams({ ...params });
  const token = randomUUID();
  return {
    provider: "twilio",
    type,
    labels,
    lane,
    url: url.startsWith(`${publicUrl}/`) ? appUrl + url.slice(publicUrl.length) : url,
    body: form.toString(),
    headers: (_body, forged) => ({
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      "user-agent": "TwilioProxy/1.1",
      "i-twilio-idempotency-token": token,
      "x-twilio-signature": twilioSignature(
        forged ? "a wrong token" : sandbox.secrets.twilioAuthToken,
        url,
        form,
      ),
    }),
    policy: RETRIES,
    ...(settled ? { settled } : {}),
  };
}
