import { z } from "zod";
import type { CallMetadata, CallRef } from "@/lib/calls/call";
import { isDegradationReason } from "@/lib/credits/core/decide-gate";
import { readInstant } from "@/lib/shared/instant";
import { countryOf, isInternational, toE164 } from "@/lib/shared/phone-number";
import { visibleName } from "@/lib/shared/visible-text";
import { isRecord, type Message } from "./shapes";

const NO_PHONE_LINE = new Set(["webCall", "vapi.websocketCall"]);
const MAX_IDENTITY = 200;
const MAX_NAME = 200;

/** The call a message is about; undefined where it names none. */
export function readCall(message: Message): CallRef | undefined {
  const { call } = message;
  if (call.id === undefined) return undefined;
  const metadata = [
    message.assistant.metadata,
    call.assistant.metadata,
    call.assistantOverrides.metadata,
    call.metadata,
  ].filter(isRecord);
  const number = message.phoneNumber.number ?? call.phoneNumber.number;
  const calledNumber = toE164(number);
  const callerName = message.customer.name ?? call.customer.name;
  return {
    id: call.id,
    createdAt: readInstant(call.createdAt),
    called: identities([
      calledNumber,
      number,
      message.phoneNumber.id,
      call.phoneNumberId,
      call.phoneNumber.id,
      message.phoneNumber.sipUri,
    ]),
    callerNumber: callerNumber(message, calledNumber),
    callerName: visibleName(callerName ?? "")?.slice(0, MAX_NAME),
    test: NO_PHONE_LINE.has(call.type ?? "") || metadata.some((data) => isTrue(data.test)),
    isOutgoing: call.type === "outboundPhoneCall",
    metadata: metadata[0] && readMetadata(metadata[0]),
  };
}

function identities(found: readonly (string | undefined)[]): string[] {
  const usable = found
    .filter((identity) => identity !== undefined)
    .filter((identity) => identity.length <= MAX_IDENTITY);
  return [...new Set(usable)];
}

/** The caller's number, or the one inside a SIP address such as `sip:+441134960123@carrier.example`. */
function callerNumber(message: Message, calledNumber: string | undefined): string | undefined {
  const { customer, call } = message;
  const sip = customer.sipUri ?? call.customer.sipUri;
  const user = /^sips?:(\+?\d{7,15})@/i.exec(sip ?? "")?.[1];
  const read = (text: string | undefined): string | undefined =>
    toE164(text, text === undefined || isInternational(text) ? [] : [countryOf(calledNumber)]);
  return read(customer.number ?? call.customer.number) ?? read(user);
}

const isTrue = (value: unknown): boolean => value === true || value === "true";

function readMetadata(data: Record<string, unknown>): CallMetadata {
  const orgId = z.uuid().safeParse(data.orgId);
  const testCallId = z.uuid().safeParse(data.testCallId);
  const level = Number(data.level);
  return {
    orgId: orgId.success ? orgId.data.toLowerCase() : undefined,
    mode: data.mode === "full" || data.mode === "degraded" ? data.mode : undefined,
    level: Number.isInteger(level) ? level : undefined,
    reason: isDegradationReason(data.reason) ? data.reason : undefined,
    billable: typeof data.billable === "boolean" ? data.billable : undefined,
    isFallback: isTrue(data.isFallback),
    failOpen: isTrue(data.failOpen),
    testCallId: testCallId.success ? testCallId.data.toLowerCase() : undefined,
  };
}
