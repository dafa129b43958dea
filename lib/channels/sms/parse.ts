import { z } from "zod";
import { type ConsentWord, readConsent } from "@/lib/inbox/core/consent-words";
import type {
  InboundMessage,
  MessageSender,
  MessageType,
  OutboundStatus,
  StatusUpdate,
} from "@/lib/inbox/core/message";
import { cleanText } from "@/lib/shared/clean-json";
import { AppError } from "@/lib/shared/errors";
import { toE164 } from "@/lib/shared/phone-number";
import { twilioErrors } from "./errors";
import { type Form, fieldOf } from "./form";

export type SmsDelivery = {
  /** Without its consent, which for `yes` depends on who writes. */
  readonly message: Omit<InboundMessage, "consent" | "wantsAnswer">;
  readonly consentWord: ConsentWord | undefined;
  /** The Messaging Service it came through, where there is one. */
  readonly serviceSid: string | undefined;
  /** Twilio's error at the first address, where this is the fallback's delivery of the same message. */
  readonly fallbackFrom: string | undefined;
};

export type SmsStatus = {
  /** Undefined for what says nothing new: queued, sending, and statuses of inbound messages. */
  readonly update: StatusUpdate | undefined;
  readonly serviceSid: string | undefined;
};

const MAX_ID = 64;
const MAX_BODY = 10_000;
const MAX_MEDIA = 10;
const MAX_URL = 2_000;
const MAX_CODE = 2_147_483_647;

/**
 * Reads an inbound message of Twilio's. Throws invalid_input where it is none, or of another account.
 * Source: Twilio, "Webhook request" (twilio.com/docs/messaging/guides/webhook-request)
 */
export function parseSms(form: Form, accountSid: string, receivedAt: Date): SmsDelivery {
  checkAccount(form, accountSid);
  const media = readMedia(form);
  const body = cleanText(fieldOf(form, "Body") ?? "").slice(0, MAX_BODY);
  const [first] = media;
  const type = first ? mediaType(first.mimeType) : "text";
  return {
    message: {
      channel: "sms",
      identity: theId(form, "To"),
      providerId: theId(form, "MessageSid", "SmsMessageSid", "SmsSid"),
      sender: readSmsSender(theId(form, "From")),
      type,
      body: cleanText(body === "" && type !== "text" ? DESCRIPTIONS[type] : body),
      ...(media.length > 0 && { parts: { media } }),
      at: receivedAt,
    },
    consentWord: readConsent(body, fieldOf(form, "OptOutType")),
    serviceSid: optionalId(form, "MessagingServiceSid"),
    fallbackFrom: optionalId(form, "ErrorCode"),
  };
}

/** Nobody reads an answer to a short code or a name. */
export function readSmsSender(from: string): MessageSender {
  const phone = from.startsWith("+") ? toE164(from) : undefined;
  return { externalId: from, ...(phone !== undefined && { phone }), canBeAnswered: phone !== undefined };
}

type MediaPart = { readonly url: string; readonly mimeType: string };

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
export function mediaType(mimeType: string): keyof typeof DESCRIPTIONS & MessageType {
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
 * Reads a status callback; `messageId` is our own, from the callback's signed query. Callbacks come in any order.
 * Throws invalid_input where it is none, or of another account. Source: Twilio, "Track the message status of outbound
 * messages" (twilio.com/docs/messaging/guides/track-outbound-message-status)
 */
export function parseSmsStatus(
  form: Form,
  accountSid: string,
  messageId: string | null,
  receivedAt: Date,
): SmsStatus {
  checkAccount(form, accountSid);
  const providerId = theId(form, "MessageSid", "SmsSid");
  const identity = theId(form, "From");
  const given = theId(form, "MessageStatus", "SmsStatus");
  const serviceSid = optionalId(form, "MessagingServiceSid");
  const errorCode = readCode(fieldOf(form, "ErrorCode"));
  const update = statusOf(given, errorCode, { providerId, identity, at: receivedAt });
  if (!update) return { update: undefined, serviceSid };
  const isOurs = z.uuid().safeParse(messageId);
  return { update: { ...update, ...(isOurs.success && { messageId: isOurs.data }) }, serviceSid };
}

/** A status of Twilio's, from a callback or fetched; undefined for one that says nothing of delivery. */
export function statusOf(
  given: string,
  errorCode: number | undefined,
  message: { readonly providerId: string; readonly identity: string; readonly at: Date },
): StatusUpdate | undefined {
  const status = STATUSES.get(given.toLowerCase());
  if (status === undefined) return undefined;
  const errorText = twilioErrors.reasonOf(errorCode);
  return {
    channel: "sms",
    ...message,
    status,
    ...(status === "failed" && errorCode !== undefined && { errorCode }),
    ...(status === "failed" && errorText !== undefined && { errorText }),
  };
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
