import { randomBytes } from "node:crypto";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export const newSid = (prefix = "SM"): string => prefix + randomBytes(16).toString("hex");

const accountSid = (): string => process.env.TWILIO_ACCOUNT_SID ?? "";

let serial = 0;

/** A customer's number which no other test knows. */
export function someNumber(): string {
  serial += 1;
  return `+447700${String(900_000 + ((process.pid * 37 + serial) % 99_999)).padStart(6, "0")}`;
}

/** The fields of an inbound text; what is given replaces or adds. */
export function inboundSms(fields: { To: string; From: string; Body: string } & Fields): Fields {
  const sid = newSid();
  return {
    ToCountry: "GB",
    FromCountry: "GB",
    SmsMessageSid: sid,
    NumMedia: "0",
    SmsSid: sid,
    SmsStatus: "received",
    NumSegments: "1",
    MessageSid: sid,
    AccountSid: accountSid(),
    ApiVersion: "2010-04-01",
    FromCity: "",
    ...fields,
  };
}

export const smsStatus = (
  fields: { MessageSid: string; MessageStatus: string; From: string } & Fields,
): Fields => ({
  AccountSid: accountSid(),
  ApiVersion: "2010-04-01",
  To: "+447700900000",
  SmsSid: fields.MessageSid,
  SmsStatus: fields.MessageStatus,
  ...fields,
});

/** The form's bytes, spaces as plus. */
export function formOf(fields: Fields): string {
  const form = new URLSearchParams();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) form.append(name, value);
  return form.toString();
}

export const twilioSignature = (
  path: string,
  fields: Fields,
  token = process.env.TWILIO_AUTH_TOKEN ?? "",
): string => getExpectedTwilioSignature(token, `${process.env.APP_URL}${path}`, fields);

/** A signed POST, as Twilio sends it to a path of ours. */
export const twilioPost = (
  path: string,
  fields: Fields,
  headers: Record<string, string> = {},
): RequestInit => ({
  method: "POST",
  body: formOf(fields),
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    "x-twilio-signature": twilioSignature(path, fields),
    ...headers,
  },
});
