import type { SendOutcome } from "@/lib/inbox/core/message";

type FailureNext = Extract<SendOutcome, { kind: "failed" }>["next"];

/** What follows from an error of Twilio's. `reason` is what staff read. */
export type NextStep =
  | {
      readonly next: "retry";
      readonly waitMs: (attempt: number) => number;
      readonly reason: string;
      /** The last attempt after which it is tried again. */
      readonly upTo: number;
    }
  | { readonly next: FailureNext; readonly reason: string };

const MINUTE_MS = 60_000;

/** `base`, doubled with each attempt; attempts count from 1. */
const growing = (baseMs: number) => (attempt: number) =>
  Math.min(60 * MINUTE_MS, baseMs * 2 ** (Math.max(1, attempt) - 1));

const retry = (baseMs: number, reason: string, upTo = Number.POSITIVE_INFINITY): NextStep => ({
  next: "retry",
  waitMs: growing(baseMs),
  reason,
  upTo,
});
const tell = (reason: string): NextStep => ({ next: "tell-staff", reason });
const alert = (reason: string): NextStep => ({ next: "alert-operator", reason });

const INVALID_TO = "This is not a number that SMS can reach.";
const FULL = "Too many messages are waiting to be sent from this number.";
const SENDER = "Our number may not send SMS.";
const REGISTRATION = "Our number is not registered for sending SMS to this country.";
const WEBHOOK = "Twilio could not reach our own address.";

/**
 * Every error code of Twilio's that a send or a failed status may carry. Source: twilio.com/docs/api/errors;
 *
 */
export const TWILIO_ERRORS: Readonly<Record<number, NextStep>> = {
  21610: { next: "opted-out", reason: "This customer has opted out of SMS." },
  21211: tell(INVALID_TO),
  21614: tell(INVALID_TO),
  21635: tell("This is a landline: SMS cannot reach it."),
  21408: tell("Sending SMS to this country is not switched on."),
  21612: tell("There is no way to send SMS to this number from ours."),
  21608: tell("A Twilio trial account can only send to verified numbers."),
  21617: tell("This message is too long for SMS."),
  21602: tell("This message is empty."),
  21606: alert(SENDER),
  21659: alert(SENDER),
  21660: alert(SENDER),
  21609: alert("Twilio does not accept our address for delivery reports."),
  21611: retry(MINUTE_MS, FULL),
  30001: retry(MINUTE_MS, FULL),
  20003: alert("Twilio does not accept our access any more."),
  20429: retry(2_000, "Twilio is busy."),
  20503: retry(2_000, "Twilio is not available at the moment."),
  30002: alert("Our Twilio account is suspended."),
  30003: retry(MINUTE_MS, "The customer's phone could not be reached.", 1),
  30004: tell("The customer's network or phone blocks this message."),
  30005: tell("This number does not exist or is switched off."),
  30006: tell("This is a landline, or its network takes no SMS."),
  30007: alert("The network filtered this message because of its content."),
  30008: tell("The network did not deliver this message and did not say why."),
  30034: alert(REGISTRATION),
  30032: alert(REGISTRATION),
  30453: alert(REGISTRATION),
  63016: tell("Only a pre-approved template can be sent now."),
  11200: alert(WEBHOOK),
  11205: alert(WEBHOOK),
  12300: alert(WEBHOOK),
};

/** What to do about a code of a send, known or not. */
export const nextStep = (code: number): NextStep =>
  TWILIO_ERRORS[code] ?? tell(`Twilio refused this message (error ${code}).`);

/** What staff read of a failure that came as a status; undefined for a code that we do not know. */
export const explainFailure = (code: number | undefined): string | undefined =>
  code === undefined ? undefined : TWILIO_ERRORS[code]?.reason;

/** What follows from a failure that came as a status: it is final, so what a send would repeat is told instead. */
export function afterFailedStatus(code: number | undefined): FailureNext {
  const step = code === undefined ? undefined : TWILIO_ERRORS[code];
  return step === undefined || step.next === "retry" ? "tell-staff" : step.next;
}
