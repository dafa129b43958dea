import type { MessageChannel } from "./message";

const RECEIVED = "Hi! We’ve received your message and our team will get back to you shortly.";

/** What the canned words say of a garage. */
type CannedParts = {
  readonly name: string;
  readonly phone: string | null;
  readonly portalUrl: string | null;
};

/**
 * A garage's canned words: degraded mode's, and those that say that a person will answer. Verbatim from the help page; a
 * missing phone or portal drops its clause. SMS customers see the first sentence alone, which fits one segment once
 * Twilio has smart-encoded its apostrophe.
 */
export function cannedReply(channel: MessageChannel, { name, phone, portalUrl }: CannedParts): string {
  if (channel === "sms") return RECEIVED;
  const clause = clauses(phone, portalUrl);
  return [RECEIVED, ...(clause ? [clause] : []), `- ${name}`].join(" ");
}

function clauses(phone: string | null, portalUrl: string | null): string | null {
  if (phone && portalUrl) return `You can also call us on ${phone} or visit ${portalUrl}.`;
  if (phone) return `You can also call us on ${phone}.`;
  return portalUrl ? `You can also visit ${portalUrl}.` : null;
}
