import type { InboundMessage } from "./message";
import { windowEnd } from "./window";

/** The number of ours that a customer wrote to last, and how long WhatsApp lets us answer from it. */
export type WrittenTo = {
  readonly identity: string;
  /** By the provider's time; null before any message that counts. */
  readonly identityAt: Date | null;
  readonly windowEndsAt: Date | null;
};

/** Types that open or refresh WhatsApp's window; reactions, edits and the like do not. Source: Meta, "Send messages" */
const OPENS_WINDOW = new Set<InboundMessage["type"]>([
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
  "button",
  "order",
  "unsupported",
  "call",
]);

type Arrival = Pick<InboundMessage, "channel" | "identity" | "type" | "inGroup" | "at">;

/** Where a conversation stands after a message, which may come late: what was written last counts, not what came last. */
export function afterArrival(before: WrittenTo, message: Arrival): WrittenTo {
  const { channel, identity, at } = message;
  const counts = !message.inGroup && (channel === "sms" || OPENS_WINDOW.has(message.type));
  if (!counts || (before.identityAt !== null && at < before.identityAt)) return before;
  return { identity, identityAt: at, windowEndsAt: channel === "whatsapp" ? windowEnd(at) : null };
}
