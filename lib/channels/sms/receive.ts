import type { Ctx } from "@/lib/auth/context";
import { keepProviderEvent } from "@/lib/db/provider-events";
import { findGarage } from "@/lib/garage/find-garage";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { acceptMessage } from "@/lib/inbox/accept-message";
import type { InboundMessage } from "@/lib/inbox/core/message";
import { hasOptedOut } from "@/lib/inbox/store/consent";
import { metrics } from "@/lib/shared/metrics";
import type { SmsDelivery } from "./parse";

export type SmsOutcome = "accepted" | "duplicate" | "unknown-number";

/**
 * Acts on a verified message, delivered here, at the fallback address or found by the reconciliation: all of these are the
 * same message, which is stored once. Throws where we failed, for Twilio to try the fallback address.
 */
export async function receiveSms(ctx: Ctx, delivery: SmsDelivery): Promise<SmsOutcome> {
  const { message, fallbackFrom } = delivery;
  if (fallbackFrom !== undefined) {
    metrics.messageItems.inc({ channel: "sms", outcome: "fallback" });
    ctx.log.warn({ code: fallbackFrom }, "a text came by the fallback address: the first one failed");
  }
  const garage = await findSmsGarage(ctx, message.identity, delivery.serviceSid);
  const outcome = garage
    ? (await acceptMessage(ctx, garage, await withConsent(garage.orgId, delivery))).kind
    : await keepUnknown(ctx, message);
  metrics.messageItems.inc({ channel: "sms", outcome });
  return outcome;
}

/** By its number, else by the Messaging Service that the number belongs to. */
export async function findSmsGarage(
  ctx: Ctx,
  identity: string,
  serviceSid: string | undefined,
): Promise<GarageProfile | undefined> {
  const garage = await findGarage(ctx, "sms", identity);
  return garage ?? (serviceSid === undefined ? undefined : findGarage(ctx, "sms", serviceSid));
}

async function withConsent(orgId: string, delivery: SmsDelivery): Promise<InboundMessage> {
  const { message, consentWord } = delivery;
  if (consentWord === undefined) return { ...message, wantsAnswer: true };
  if (consentWord !== "yes") return { ...message, consent: consentWord, wantsAnswer: false };
  const isOptIn = await hasOptedOut(orgId, message.sender.externalId);
  return isOptIn ? { ...message, consent: "opt_in", wantsAnswer: false } : { ...message, wantsAnswer: true };
}

async function keepUnknown(ctx: Ctx, message: SmsDelivery["message"]): Promise<SmsOutcome> {
  const type = "unknown-number";
  ctx.log.warn({ type }, "a text to a number that is nobody's");
  await keepProviderEvent({
    provider: "twilio",
    id: `${type}:${message.providerId}`,
    orgId: undefined,
    type,
    payload: { ...message },
    receivedAt: ctx.now(),
  });
  return type;
}
