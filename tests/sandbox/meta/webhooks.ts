import type { Sandbox } from "../core/context";
import type { Delivery, Outcome, RetryPolicy } from "../core/delivery";
import type { Line } from "../core/lines";
import { escapedJson, metaSignature } from "../core/signatures";

/** One entry of `changes[]`. */
export interface Change {
  /** The business account that it is about. */
  account: string;
  field: string;
  value: Record<string, unknown>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * Anything but 200 is tried again, ever less often, for days; the real pauses beyond an hour are cut off here.
 * Source: "Webhooks", retries
 */
const RETRIES: RetryPolicy = {
  pausesMs: [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE],
  again: (outcome) => !(outcome.kind === "answered" && outcome.status === 200),
};

/** `value` of a change of field `messages`, with what every one of them carries. */
export const messagesChange = (line: Line, rest: Record<string, unknown>): Change => ({
  account: line.businessAccountId,
  field: "messages",
  value: {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: line.phone.slice(1), phone_number_id: line.whatsAppNumberId },
    ...rest,
  },
});

/** The body of one POST, raw, with an entry for each account, as in `tests/samples/meta/text.json`. */
function envelope(changes: readonly Change[]): string {
  const entry = [...new Set(changes.map(({ account }) => account))].map((id) => ({
    id,
    changes: changes.filter(({ account }) => account === id).map(({ field, value }) => ({ field, value })),
  }));
  return escapedJson({ object: "whatsapp_business_account", entry });
}

interface MetaDelivery {
  type: string;
  lane: string;
  labels: Readonly<Record<string, string>>;
  changes: readonly Change[];
  settled?: (outcome: Outcome) => void;
}

export function metaDelivery(
  sandbox: Sandbox,
  { type, lane, labels, changes, settled }: MetaDelivery,
): Delivery {
  const url = `${sandbox.settings().appUrl}/api/webhooks/whatsapp`;
  return {
    provider: "meta",
    type,
    labels,
    lane,
    url,
    body: envelope(changes),
    headers: (body, forged) => ({
      "content-type": "application/json",
      "user-agent": "facebookexternalua",
      "x-hub-signature-256": metaSignature(forged ? "a wrong secret" : sandbox.secrets.metaAppSecret, body),
    }),
    policy: RETRIES,
    ...(settled ? { settled } : {}),
    batch: { key: `meta:${url}`, parts: changes, join: (parts) => envelope(parts as readonly Change[]) },
  };
}
