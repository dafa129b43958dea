import type { LineProviders, TestMessage, TestSenders } from "@/lib/lines/provider";
import { smsLine } from "./sms/line";
import { sendSms } from "./sms/send";
import { voiceLine } from "./voice/line";
import { whatsAppLine } from "./whatsapp/line";
import { sendWhatsApp } from "./whatsapp/send";

/** What each channel does for a line. */
export const lineProviders: LineProviders = { voice: voiceLine, whatsapp: whatsAppLine, sms: smsLine };

const outbound = ({ id, orgId, identity, to, body, template }: TestMessage) => ({
  ...{ orgId, messageId: id, identity, body },
  to: { externalId: to, phone: to, waId: to },
  ...(template && { template }),
});

/** Sends to a number that a member gave, without a conversation. */
export const testSenders: TestSenders = {
  whatsapp: (message) => sendWhatsApp({ ...outbound(message), channel: "whatsapp" }),
  sms: (message) => sendSms({ ...outbound(message), channel: "sms" }),
};
