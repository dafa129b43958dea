import { z } from "zod";
import type { LineAnswer, LineReading } from "@/lib/lines/core/reading";
import type { LineProvider } from "@/lib/lines/provider";
import { within } from "@/lib/shared/within";
import { ourAddress, pointingOf, wordOf } from "../our-address";
import { twilioClient } from "./twilio-client";

const TIMEOUT_MS = 5_000;

/** What a new number points at before anybody has set it. */
const TWILIO_SAMPLE = /^https?:\/\/demo\.twilio\.com\//;

const shape = z.looseObject({
  sid: z.string(),
  phoneNumber: z.string(),
  friendlyName: z.string().nullish(),
  smsUrl: z.string().nullish(),
  smsApplicationSid: z.string().nullish(),
  capabilities: z.looseObject({ sms: z.boolean().catch(false) }).catch({ sms: false }),
});
const refused = z.looseObject({ status: z.union([z.literal(401), z.literal(403)]) });

/** Twilio's side of a line. Source: twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const smsLine: LineProvider = {
  read: (line) => asking(async () => readingOf(await find(line.identity), line.providerId)),
  pointHere: (line) =>
    asking(async () => {
      const number = await find(line.identity);
      const reading = readingOf(number, line.providerId);
      // Where a Messaging Service has the number, the service says where its texts go, and that is set by support.
      const isSet = !reading.exists || reading.pointing.at === "ours" || line.providerId !== null;
      if (isSet || !number) return reading;
      const changed = await twilioClient()
        .incomingPhoneNumbers(number.sid)
        .update({ smsUrl: ourAddress("sms"), smsMethod: "POST", smsApplicationSid: "" });
      return readingOf(shape.parse(changed), null);
    }),
};

/** The filter finds parts of numbers, too. */
async function find(identity: string): Promise<z.output<typeof shape> | undefined> {
  if (!identity.startsWith("+")) return undefined;
  const listed = await twilioClient().incomingPhoneNumbers.list({ phoneNumber: identity, limit: 20 });
  return listed.map((one) => shape.parse(one)).find(({ phoneNumber }) => phoneNumber === identity);
}

function readingOf(number: z.output<typeof shape> | undefined, service: string | null): LineReading {
  if (!number) return { exists: false };
  const { smsUrl, smsApplicationSid, capabilities, phoneNumber, friendlyName } = number;
  const isSample = TWILIO_SAMPLE.test(smsUrl ?? "");
  const own = smsApplicationSid
    ? ({ at: "elsewhere", host: `Twilio’s application ${smsApplicationSid}` } as const)
    : pointingOf(isSample ? null : smsUrl, "sms");
  return {
    exists: true,
    channel: "sms",
    number: phoneNumber,
    name: wordOf(friendlyName),
    capable: capabilities.sms,
    pointing: service === null ? own : { at: "unknown", host: null },
  };
}

async function asking(ask: () => Promise<LineReading>): Promise<LineAnswer> {
  const asked = await within(TIMEOUT_MS, ask);
  if (asked.kind === "done") return { kind: "read", reading: asked.value };
  return { kind: refused.safeParse(asked.error).success ? "refused" : "silent" };
}
