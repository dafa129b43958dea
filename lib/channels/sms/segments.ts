import { SegmentedMessage } from "sms-segments-calculator";

/**
 * In how many parts a text goes out once Twilio has smart-encoded it: 160 characters in one, 153 in each of several;
 * 70 and 67 where a character is outside GSM-7.
 */
export const countSegments = (body: string): number => new SegmentedMessage(body, "auto", true).segmentsCount;

/** Twilio's own count; "0" where a Messaging Service has not chosen its sender yet, so ours stands in. */
export function segmentsOf(numSegments: string | undefined, body: string): number {
  const told = Number.parseInt(numSegments ?? "", 10);
  return told > 0 ? told : countSegments(body);
}
