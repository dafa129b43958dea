import { cannedReply } from "./core/canned-reply";

export type CannedPreview = {
  readonly title: string;
  readonly text: string;
};

/** The garage's canned words on WhatsApp, as they are sent: now, and without each placeholder that it has. */
export function previewCanned(garage: {
  readonly name: string;
  readonly phone: string | null;
  readonly portalUrl: string | null;
}): CannedPreview[] {
  const say = (change: Partial<typeof garage>) => cannedReply("whatsapp", { ...garage, ...change });
  const { phone, portalUrl } = garage;
  return [
    { title: "As it is sent", text: say({}) },
    ...(phone === null ? [] : [{ title: "Without a phone number", text: say({ phone: null }) }]),
    ...(portalUrl === null ? [] : [{ title: "Without a portal", text: say({ portalUrl: null }) }]),
    ...(phone === null || portalUrl === null
      ? []
      : [{ title: "Without either", text: say({ phone: null, portalUrl: null }) }]),
  ];
}

/** What customers get by text message, whatever the garage says of itself. */
export const smsReply = (): string => cannedReply("sms", { name: "", phone: null, portalUrl: null });
