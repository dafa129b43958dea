import type { MessageChannel } from "./message";

const RECEIVED = "Hi! We’ve received your message and our team will get back to you shortly.";

export type CannedParts = {
  readonly orgName: string;
  readonly orgPhone: string | null;
  readonly portalUrl: string | null;
};

/**
 * The degraded reply, verbatim from the help page. A missing phone or portal drops its clause. SMS customers see the first
 * sentence alone, which fits one segment once Twilio has smart-encoded its apostrophe.
 */
export function cannedReply(channel: MessageChannel, { orgName, orgPhone, portalUrl }: CannedParts): string {
  if (channel === "sms") return RECEIVED;
  const clause = clauses(orgPhone, portalUrl);
  return [RECEIVED, ...(clause ? [clause] : []), `- ${orgName}`].join(" ");
}

function clauses(orgPhone: string | null, portalUrl: string | null): string | null {
  if (orgPhone && portalUrl) return `You can also call us on ${orgPhone} or visit ${portalUrl}.`;
  if (orgPhone) return `You can also call us on ${orgPhone}.`;
  return portalUrl ? `You can also visit ${portalUrl}.` : null;
}
