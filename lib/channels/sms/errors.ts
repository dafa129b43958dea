import { alert, errorTable, growing, retry, tell } from "../error-table";

const MINUTE_MS = 60_000;
const soon = growing(2_000);
const later = growing(MINUTE_MS);

const INVALID_TO = "This is not a number that SMS can reach.";
const FULL = "Too many messages are waiting to be sent from this number.";
const SENDER = "Our number may not send SMS.";
const REGISTRATION = "Our number is not registered for sending SMS to this country.";
const WEBHOOK = "Twilio could not reach our own address.";

/**
 * Every error code of Twilio's that a send or a failed status may carry. Source: twilio.com/docs/api/errors, which has
 * a page for each.
 */
export const twilioErrors = errorTable(
  {
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
    21611: retry(later, FULL),
    30001: retry(later, FULL),
    20003: alert("Twilio does not accept our access any more."),
    20429: retry(soon, "Twilio is busy."),
    20503: retry(soon, "Twilio is not available at the moment."),
    30002: alert("Our Twilio account is suspended."),
    30003: retry(later, "The customer’s phone could not be reached.", 1),
    30004: tell("The customer’s network or phone blocks this message."),
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
  },
  (code) => `Twilio refused this message (error ${code}).`,
);
