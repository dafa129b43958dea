import { z } from "zod";
import { newId } from "../core/ids";
import type { Route } from "../core/router";
import { receiveSms } from "../twilio/inbound";
import { segmentsOf } from "../twilio/segments";
import { E164, lineOf, pictureInput, pictureOf } from "./identities";
import type { Parts } from "./parts";
import { readBody, route } from "./respond";

export const messageInput = z.strictObject({
  line: z.string(),
  /** A number, a short code (32665) or a name (RoyalMail). */
  from: z.string().regex(/^(\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z][\w ]{1,10})$/),
  text: z.string().max(1_600).default(""),
  pictures: z.array(pictureInput).max(10).default([]),
  /** Through a messaging service with Advanced Opt-Out. */
  throughService: z.boolean().default(false),
  sid: z
    .string()
    .regex(/^(SM|MM)[0-9a-f]{32}$/)
    .optional(),
});
/** A message that Twilio has, and of which the application was told nothing. */
export const keptInput = z.strictObject({
  line: z.string(),
  customer: E164,
  direction: z.enum(["inbound", "outbound-api"]),
  text: z.string().max(1_600).default(""),
  pictures: z.array(pictureInput).max(10).default([]),
  status: z.enum(["queued", "sent", "delivered", "undelivered", "failed", "received"]),
  errorCode: z.number().int().nullable().default(null),
  at: z.iso.datetime(),
});
const optOutInput = z.strictObject({ line: z.string(), from: E164, optedOut: z.boolean() });

function keep({ sandbox, twilio }: Parts, given: z.output<typeof keptInput>): string {
  const { customer, direction, text, pictures, status, errorCode, at } = given;
  const { phone } = lineOf(sandbox, given.line);
  const media = pictures.map((picture) => pictureOf(sandbox, picture));
  const createdAt = new Date(at);
  const [from, to] = direction === "inbound" ? [customer, phone] : [phone, customer];
  const { sid } = twilio.messages.add(
    {
      ...{ direction, from, to, status, body: text, segments: segmentsOf(text), sentAt: createdAt },
      sid: newId.sid(media.length > 0 ? "MM" : "SM"),
      mediaIds: media.map(({ id }) => id),
      ...{ messagingServiceSid: null, senderPending: false, statusCallback: null },
    },
    { createdAt, errorCode },
  );
  return sid;
}

/** What customers do by SMS. */
export function smsRoutes(parts: Parts): Route[] {
  const { sandbox, twilio } = parts;
  return [
    route("POST", "/sms/messages", (request) => {
      const { line, from, text, pictures, throughService, sid } = readBody(messageInput, request);
      const media = pictures.map((picture) => pictureOf(sandbox, picture));
      return {
        sid: receiveSms(twilio, {
          line: lineOf(sandbox, line),
          from,
          body: text,
          media,
          throughService,
          sid,
        }),
      };
    }),
    route("POST", "/sms/kept", (request) => ({ sid: keep(parts, readBody(keptInput, request)) })),
    route("GET", "/sms/opt-outs", () => ({ optOuts: twilio.optOuts.list() })),
    route("POST", "/sms/opt-outs", (request) => {
      const { line, from, optedOut } = readBody(optOutInput, request);
      twilio.optOuts.set(lineOf(sandbox, line).phone, from, optedOut);
    }),
  ];
}
