import { json, type Reply } from "../core/http";

/** Code, HTTP status, message. Source: twilio.com/docs/api/errors */
const ERRORS: Readonly<Record<number, readonly [status: number, message: string]>> = {
  20003: [401, "Authenticate"],
  20404: [404, "The requested resource was not found"],
  20429: [429, "Too Many Requests"],
  20500: [500, "Internal Server Error"],
  20503: [503, "Service Unavailable"],
  21211: [400, "Invalid 'To' Phone Number"],
  21408: [400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"],
  21602: [400, "Message body is required."],
  21603: [400, "A 'From' phone number is required."],
  21604: [400, "A 'To' phone number is required."],
  21606: [
    400,
    "The 'From' phone number provided is not a valid, SMS-capable inbound phone number for your account.",
  ],
  21608: [400, "The number is unverified. Trial accounts cannot send messages to unverified numbers."],
  21609: [400, "The 'StatusCallback' URL is not a valid URL."],
  21610: [400, "Attempt to send to unsubscribed recipient"],
  21611: [400, "This 'From' number has exceeded the maximum number of queued messages"],
  21612: [400, "The 'To' phone number is not currently reachable using the 'From' phone number via SMS"],
  21614: [400, "'To' number is not a valid mobile number"],
  21617: [400, "The concatenated message body exceeds the 1600 character limit"],
  21635: [400, "'To' number cannot be a landline"],
  30001: [400, "Queue overflow"],
  30002: [403, "Account suspended"],
};

/** An error of Twilio's REST API: its number, words and HTTP status, and no more. */
export function twilioError(code: number, details?: string): Reply {
  const [status, message] = ERRORS[code] ?? [400, "Unknown error"];
  return json(status, {
    code,
    message: details ?? message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
}
