import { z } from "zod";
import type { OwnedLine } from "@/lib/garage/line";
import type { LineAnswer, LineReading } from "@/lib/lines/core/reading";
import type { LineProvider } from "@/lib/lines/provider";
import { pointingOf, wordOf } from "../our-address";
import { graphHeaders, graphUrl } from "./graph";

const TIMEOUT_MS = 5_000;
const FIELDS = [
  ...["display_phone_number", "verified_name", "name_status", "quality_rating", "status"],
  ...["code_verification_status", "messaging_limit_tier", "webhook_configuration"],
].join(",");

/** Each field may be missing or of another kind: what cannot be read is not known. */
const url = z.string().nullish().catch(null);
const node = z.looseObject({
  id: z.string(),
  webhook_configuration: z
    .looseObject({ phone_number: url, whatsapp_business_account: url, application: url })
    .optional()
    .catch(undefined),
});
const subscriptions = z.looseObject({ data: z.array(z.unknown()) });
const failed = z.looseObject({
  error: z.looseObject({ code: z.number().int(), error_subcode: z.number().int().optional() }),
});

type Asked =
  | { readonly kind: "answered"; readonly body: unknown }
  | Exclude<LineAnswer, { kind: "read" }>
  | { readonly kind: "gone" };

/** Meta's side of a line. Source: Meta, "WhatsApp Business Phone Number" and "Manage webhooks" (`subscribed_apps`) */
export const whatsAppLine: LineProvider = {
  read,
  pointHere: async (line) => {
    if (line.accountId === null) return read(line);
    const asked = await ask(graphUrl(line.accountId, "subscribed_apps"), "POST");
    if (asked.kind === "refused" || asked.kind === "silent") return asked;
    return read(line);
  },
};

async function read(line: OwnedLine): Promise<LineAnswer> {
  const { identity, accountId } = line;
  const [number, subscribed] = await Promise.all([
    ask(`${graphUrl(identity)}?fields=${FIELDS}`),
    accountId === null ? undefined : ask(graphUrl(accountId, "subscribed_apps")),
  ]);
  if (number.kind === "gone") return { kind: "read", reading: { exists: false } };
  if (number.kind !== "answered") return number;
  const read = node.safeParse(number.body);
  if (!read.success) return { kind: "silent" };
  const isKnown = subscribed?.kind === "answered" && subscriptions.safeParse(subscribed.body).data;
  return { kind: "read", reading: readingOf(read.data, isKnown ? isKnown.data.length > 0 : null) };
}

function readingOf(number: z.output<typeof node>, subscribed: boolean | null): LineReading {
  const { webhook_configuration: webhooks } = number;
  // The most particular one counts.
  const address = webhooks?.phone_number ?? webhooks?.whatsapp_business_account ?? webhooks?.application;
  return {
    exists: true,
    channel: "whatsapp",
    number: wordOf(number.display_phone_number),
    name: wordOf(number.verified_name),
    nameStatus: wordOf(number.name_status),
    quality: wordOf(number.quality_rating),
    limit: wordOf(number.messaging_limit_tier),
    status: wordOf(number.status),
    verification: wordOf(number.code_verification_status),
    subscribed,
    pointing: webhooks ? pointingOf(address, "whatsapp") : { at: "unknown", host: null },
  };
}

/** 100 with 33: this token sees no such object. 0, 3, 10, 190, 200: it is not accepted, or not allowed to. Source: Graph API, "Handling errors" */
async function ask(address: string, method: "GET" | "POST" = "GET"): Promise<Asked> {
  try {
    const response = await fetch(address, {
      method,
      headers: graphHeaders(),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json();
    if (response.ok) return { kind: "answered", body };
    const { code, error_subcode } = failed.parse(body).error;
    if (code === 100 && error_subcode === 33) return { kind: "gone" };
    return { kind: [0, 3, 10, 190, 200].includes(code) ? "refused" : "silent" };
  } catch {
    return { kind: "silent" };
  }
}
