import { z } from "zod";
import { readConsent } from "@/lib/inbox/core/consent-words";
import type { Delivery, OurAddress } from "@/lib/inbox/core/delivery";
import type { MessageSender, MessageType, OutboundStatus, StatusUpdate } from "@/lib/inbox/core/message";
import { cleanText } from "@/lib/shared/clean-json";
import { AppError } from "@/lib/shared/errors";
import { type CountryCode, countryOf, toE164 } from "@/lib/shared/phone-number";
import { isVisible } from "@/lib/shared/visible-text";
import { twilioErrors } from "./errors";
import { type Form, fieldOf } from "./form";
import { isReactionText } from "./reaction-text";

const MAX_ID = 64;
const MAX_BODY = 10_000;
const MAX_MEDIA = 10;
const MAX_URL = 2_000;
const MAX_CODE = 2_147_483_647;

/**
 * Reads an inbound message of Twilio's. Throws invalid_input where it is none, or of another account.
 * Source: Twilio, "Webhook request" (twilio.com/docs/messaging/guides/webhook-request)
 */
export function parseSms(form: Form, accountSid: string, receivedAt: Date): Delivery {
  checkAccount(form, accountSid);
  const serviceId = optionalId(form, "MessagingServiceSid");
  const fallbackFrom = optionalId(form, "ErrorCode");
  const text: ReceivedText = {
    sid: theId(form, "MessageSid", "SmsMessageSid", "SmsSid"),
    from: theId(form, "From"),
    to: theId(form, "To"),
    body: fieldOf(form, "Body") ?? "",
    media: readMedia(form),
    optOutType: fieldOf(form, "OptOutType"),
    at: receivedAt,
    ...(serviceId !== undefined && { serviceId }),
  };
  return { ...deliveryOf(text), ...(fallbackFrom !== undefined && { fallbackFrom }) };
}

/** A text as its webhook brings it, or as it is fetched later. */
export type ReceivedText = {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly MediaPart[];
  /** Advanced Opt-Out's verdict. */
  readonly optOutType: string | undefined;
  /** The Messaging Service it came through, where there is one. */
  readonly serviceId?: string;
  readonly at: Date;
};

/** A text as the inbox takes it. */
export function deliveryOf(text: ReceivedText): Delivery {
  const { media, serviceId, to: identity } = text;
  const body = cleanText(text.body).slice(0, MAX_BODY);
  const [first] = media;
  const isReaction = !first && isReactionText(body);
  const type = first ? mediaType(first.mimeType) : isReaction ? "reaction" : "text";
  const consent = readConsent(body, text.optOutType);
  const message = {
    channel: "sms",
    identity,
    providerId: text.sid,
    sender: readSender(text.from, countryOf(identity)),
    type,
    body: cleanText(first && !isVisible(body) ? DESCRIPTIONS[mediaType(first.mimeType)] : body),
    ...(media.length > 0 && { parts: { media, ...(isVisible(body) && { captioned: true }) } }),
    at: text.at,
    wantsAnswer: first !== undefined || (isVisible(body) && !isReaction),
    ...(consent !== undefined && { consent }),
  } as const;
  const address = { identity, ...(serviceId !== undefined && { serviceId }) };
  return { provider: "twilio", channel: "sms", items: [{ kind: "message", address, message }], strays: [] };
}

/** Nobody reads an answer to a short code or a name. A number without a country code is one of the country it came to. */
function readSender(from: string, country: CountryCode | undefined): MessageSender {
  const phone = /^[+\d\s().-]+$/.test(from) ? toE164(from, [country]) : undefined;
  return {
    externalId: phone ?? from,
    ...(phone !== undefined && { phone }),
    canBeAnswered: phone !== undefined,
  };
}

export type MediaPart = { readonly url: string; readonly mimeType: string };

const DESCRIPTIONS = { image: "Picture", video: "Video", audio: "Audio", document: "File" } as const;

function readMedia(form: Form): MediaPart[] {
  const count = Math.min(MAX_MEDIA, Number.parseInt(fieldOf(form, "NumMedia") ?? "0", 10) || 0);
  return Array.from({ length: Math.max(0, count) }, (_, index) => index).flatMap((index) => {
    const url = cleanText(fieldOf(form, `MediaUrl${index}`) ?? "");
    const mimeType = cleanText(fieldOf(form, `MediaContentType${index}`) ?? "").slice(0, 100);
    return url === "" || url.length > MAX_URL ? [] : [{ url, mimeType }];
  });
}

/** What sort of message a file makes; the rest are documents. */
function mediaType(mimeType: string): keyof typeof DESCRIPTIONS & MessageType {
  const [kind] = mimeType.split("/");
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "document";
}

/** Statuses that say something of delivery. Ranks below `sent`, and those of inbound messages, are passed over. */
const STATUSES: ReadonlyMap<string, OutboundStatus> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["undelivered", "failed"],
  ["failed", "failed"],
  ["canceled", "failed"],
]);

/**
 * Reads a status callback; `messageId` is our own, from the callback's signed query. Callbacks come in any order. Without
 * items for a status that says nothing of delivery. Throws invalid_input where it is no status, or of another account.
 * Source: Twilio, "Track the message status of outbound messages"
 * (twilio.com/docs/messaging/guides/track-outbound-message-status)
 */
export function parseSmsStatus(
  form: Form,
  accountSid: string,
  messageId: string | null,
  receivedAt: Date,
): Delivery {
  checkAccount(form, accountSid);
  const providerId = theId(form, "MessageSid", "SmsSid");
  const serviceId = optionalId(form, "MessagingServiceSid");
  const identity = optionalId(form, "From");
  const address: OurAddress = {
    ...(identity !== undefined && { identity }),
    ...(serviceId !== undefined && { serviceId }),
  };
  const given = theId(form, "MessageStatus", "SmsStatus");
  const ours = z.uuid().safeParse(messageId).data;
  const update = readStatus(given, readCode(fieldOf(form, "ErrorCode")), {
    providerId,
    at: receivedAt,
    ...(ours !== undefined && { messageId: ours }),
  });
  const items = update ? [{ kind: "status", address, update } as const] : [];
  return { provider: "twilio", channel: "sms", items, strays: [] };
}

/** A status of Twilio's, from a callback or fetched; undefined for one that says nothing of delivery. */
export function readStatus(
  given: string,
  code: number | undefined,
  message: Pick<StatusUpdate, "providerId" | "messageId" | "at">,
): StatusUpdate | undefined {
  const status = STATUSES.get(given.toLowerCase());
  if (status === undefined) return undefined;
  const base = { channel: "sms", ...message } as const;
  if (status !== "failed") return { ...base, status };
  const reason = twilioErrors.reasonOf(code);
  const failure = {
    next: twilioErrors.afterFailedStatus(code),
    ...(code !== undefined && { code }),
    ...(reason !== undefined && { reason }),
  };
  return { ...base, status, failure };
}

function readCode(text: string | undefined): number | undefined {
  const code = /^\d{1,10}$/.test(text ?? "") ? Number(text) : 0;
  return code > 0 && code <= MAX_CODE ? code : undefined;
}

function checkAccount(form: Form, accountSid: string): void {
  if (fieldOf(form, "AccountSid") !== accountSid) {
    throw new AppError("invalid_input", "The form is not of our account.");
  }
}

function optionalId(form: Form, name: string): string | undefined {
  const value = cleanText(fieldOf(form, name) ?? "").trim();
  return value !== "" && value.length <= MAX_ID ? value : undefined;
}

function theId(form: Form, ...names: readonly string[]): string {
  const value = names.map((name) => optionalId(form, name)).find((found) => found !== undefined);
  if (value === undefined) throw new AppError("invalid_input", `The form has no usable ${names[0]}.`);
  return value;
}
