import type { Pointing } from "@/lib/lines/core/reading";
import { env } from "@/lib/shared/env";

/** Where a provider has to deliver: one of our webhooks, by its last part. */
export const ourAddress = (webhook: "voice" | "whatsapp" | "sms"): string =>
  `${env().APP_URL.replace(/\/+$/, "")}/api/webhooks/${webhook}`;

/** What it means that a provider delivers to this address. The fragment, in which Twilio keeps how it retries, does not count. */
export function pointingOf(
  address: string | null | undefined,
  webhook: "voice" | "whatsapp" | "sms",
): Pointing {
  if (!address) return { at: "nowhere", host: null };
  const [bare = ""] = address.split("#", 1);
  if (bare.replace(/\/+$/, "") === ourAddress(webhook)) return { at: "ours", host: null };
  return { at: "elsewhere", host: URL.canParse(bare) ? new URL(bare).host : null };
}

const LONGEST_WORD = 80;

/** A provider's own word, as it is kept and shown: new ones come without notice. */
export const wordOf = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, LONGEST_WORD) : null;
