import { alert, type ErrorStep, errorTable, growing, retry, tell } from "../error-table";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Meta's own rule for one customer's limit: 4^X seconds, X from 0. */
const perCustomer = growing(SECOND_MS, 4);
const soon = growing(2 * SECOND_MS);
const later = growing(MINUTE_MS);

const BUSY = "WhatsApp is busy.";
const DOWN = "WhatsApp is not available at the moment.";
const ACCOUNT = "WhatsApp has restricted this business account.";
const ACCESS = "WhatsApp does not accept our access any more.";
const REQUEST = "WhatsApp did not understand our request.";
const CHANGED =
  "This template has changed at WhatsApp since it was chosen. Choose it again, and look at it before you send it.";

/** Staff see why, and the account's templates are read anew. */
const anew = (reason: string): ErrorStep => ({ next: "read-templates", reason });

/**
 * Every error code of Meta's that a send or a failed status may carry. Branch on the code alone: titles change, and
 * rate limits come as HTTP 400. Source: Meta, "Error codes"
 */
export const metaErrors = errorTable(
  {
    131047: {
      next: "close-window",
      reason:
        "More than 24 hours have passed since the customer’s last message: only a pre-approved template can be sent.",
    },
    131026: tell("WhatsApp cannot deliver to this customer. Try another channel."),
    130429: retry(soon, BUSY),
    131056: retry(perCustomer, "Too many messages to this customer in a short time."),
    131048: alert("WhatsApp has limited this number because of its quality rating."),
    131049: tell(
      "WhatsApp limits how many marketing messages a person gets. Try again tomorrow, use a template that is not marketing, or text them.",
    ),
    131050: tell(
      "This customer has stopped marketing messages on WhatsApp. Use a template that is not marketing, or text or ring them.",
    ),
    131051: tell("WhatsApp does not support this kind of message."),
    131052: tell("WhatsApp could not fetch the customer’s file. Ask for it again."),
    131053: tell("WhatsApp did not take the attached file."),
    131042: alert("WhatsApp reports a problem with the business’s payment method."),
    131031: alert(ACCOUNT),
    368: alert(ACCOUNT),
    130497: alert("WhatsApp does not let this business account write to this customer’s country."),
    190: alert(ACCESS),
    0: alert(ACCESS),
    3: alert(ACCESS),
    10: alert(ACCESS),
    131005: alert(ACCESS),
    131037: alert("WhatsApp has not approved this number’s display name yet."),
    131045: alert("This number is not registered with WhatsApp."),
    133010: alert("This number is not registered with WhatsApp."),
    131000: retry(soon, DOWN),
    131016: retry(soon, DOWN),
    131057: retry(later, "WhatsApp is maintaining this business account."),
    2: retry(soon, DOWN),
    80007: retry(later, BUSY),
    4: retry(later, BUSY),
    100: alert(REQUEST),
    131008: alert(REQUEST),
    131009: tell("WhatsApp did not accept the customer’s number or the text."),
    131021: tell("WhatsApp does not let a number write to itself."),
    131030: tell("This customer’s number is not on the list of a test number."),
    131062: tell("WhatsApp needs this customer’s phone number for this message."),
    132000: anew(CHANGED),
    132001: anew("WhatsApp no longer has this template in this language. Choose another one."),
    132005: tell(
      "The template is too long once it is filled in. Shorten what you filled in, and send it again.",
    ),
    132007: tell(
      "WhatsApp refuses what this template says. Choose another one, and have this one changed in WhatsApp Manager.",
    ),
    132012: anew(CHANGED),
    132015: anew(
      "WhatsApp has paused this template because people did not want it. Choose another one, or text or ring them.",
    ),
    132016: anew(
      "WhatsApp has disabled this template for good. Choose another one, and make a new one in WhatsApp Manager.",
    ),
    132018: tell("WhatsApp did not accept what was filled in. Check it, and send the template again."),
    132068: tell("The form in this template is blocked. Choose another template."),
    132069: tell("The form in this template was sent too often. Choose another template."),
  },
  (code) => `WhatsApp refused this message (error ${code}).`,
);
