import { z } from "zod";
import type { OutboundMessage, SendOutcome } from "@/lib/inbox/core/message";
import { env } from "@/lib/shared/env";
import { neverReached } from "../never-reached";
import { twilioErrors } from "./errors";
import { segmentsOf } from "./segments";
import { twilioClient } from "./twilio-client";

const UNREACHED_MS = 5_000;

/** Asking again could send it twice, so a person decides. Of its error 20500 Twilio says so (twilio.com/docs/api/errors/20500). */
const NOT_KNOWN: SendOutcome = {
  kind: "failed",
  reason: "It is not known whether this was sent: Twilio did not answer. Check before you send it again.",
  next: "tell-staff",
};

/** What the client throws for an answer that is an error. */
const refusal = z.looseObject({ status: z.number(), code: z.number().int().optional().catch(undefined) });
const INTERNAL = 20500;

/**
 * Sends a text through Twilio; `attempt` counts from 1. Our message id travels in the status callback's address, which
 * Twilio signs. What may have been taken is never sent again by itself. Source: Twilio, "Messages resource"
 * (twilio.com/docs/messaging/api/message-resource)
 */
export async function sendSms(message: OutboundMessage, attempt = 1): Promise<SendOutcome> {
  const { identity, body, messageId } = message;
  try {
    const sent = await twilioClient().messages.create({
      to: message.to.phone ?? message.to.externalId,
      ...(identity.startsWith("MG") ? { messagingServiceSid: identity } : { from: identity }),
      body,
      smartEncoded: true,
      statusCallback: callbackFor(messageId),
    });
    // By its type it is always there; but what answered need not have been Twilio.
    if (typeof sent.sid !== "string" || sent.sid === "") return NOT_KNOWN;
    return { kind: "sent", providerId: sent.sid, segments: segmentsOf(sent.numSegments, body) };
  } catch (error) {
    return read(error, attempt);
  }
}

const callbackFor = (messageId: string): string =>
  `${env().APP_URL.replace(/\/+$/, "")}/api/webhooks/sms/status?message=${encodeURIComponent(messageId)}`;

/** The numeric code decides; without one, a refusal of Twilio's (4xx) is told from an answer that is not Twilio's. */
function read(error: unknown, attempt: number): SendOutcome {
  const answered = refusal.safeParse(error);
  if (!answered.success) {
    if (!neverReached(error)) return NOT_KNOWN;
    return { kind: "retry", afterMs: UNREACHED_MS * attempt, reason: "Twilio could not be reached." };
  }
  const { status, code } = answered.data;
  if (code === undefined || code === INTERNAL) {
    if (status >= 500 || code === INTERNAL) return { ...NOT_KNOWN, ...(code !== undefined && { code }) };
    return { kind: "failed", reason: "Twilio refused this message without a reason.", next: "tell-staff" };
  }
  return twilioErrors.refusedSend(code, attempt);
}
