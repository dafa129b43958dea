import { z } from "zod";
import type { Route } from "../core/router";
import { receiveSms } from "../twilio/inbound";
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
const optOutInput = z.strictObject({ line: z.string(), from: E164, optedOut: z.boolean() });

/** What customers do by SMS. */
export function smsRoutes({ sandbox, twilio }: Parts): Route[] {
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
    route("GET", "/sms/opt-outs", () => ({ optOuts: twilio.optOuts.list() })),
    route("POST", "/sms/opt-outs", (request) => {
      const { line, from, optedOut } = readBody(optOutInput, request);
      twilio.optOuts.set(lineOf(sandbox, line).phone, from, optedOut);
    }),
  ];
}
