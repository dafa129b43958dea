import { SegmentedMessage } from "sms-segments-calculator";

/**
 * Parts as billed: GSM-7 160/153, UCS-2 70/67; smart encoding puts plain characters in place of curly ones. Counted by
 * Twilio's own library.
 */
export const segmentsOf = (body: string, smart = false): number =>
  body === "" ? 0 : new SegmentedMessage(body, "auto", smart).segmentsCount;
