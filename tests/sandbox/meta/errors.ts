import { json, type Reply } from "../core/http";
import { newId } from "../core/ids";

interface MetaError {
  status: number;
  title: string;
  details: string;
}

const RE_ENGAGEMENT =
  "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";

/** Titles and HTTP statuses as in Meta's list (support/error-codes, Dec 2025); */
const ERRORS: Readonly<Record<number, MetaError>> = {
  0: { status: 401, title: "AuthException", details: "We were unable to authenticate the app user." },
  4: { status: 400, title: "API Too Many Calls", details: "The app has reached its API call rate limit." },
  100: {
    status: 400,
    title: "Invalid parameter",
    details: "The request included an unsupported or misspelled parameter.",
  },
  190: { status: 401, title: "Access token has expired", details: "Your access token has expired." },
  368: {
    status: 403,
    title: "Temporarily blocked for policies violations",
    details: "The account has been restricted.",
  },
  10: { status: 403, title: "API Permission Denied", details: "Permission is not granted or was removed." },
  200: {
    status: 403,
    title: "Permissions error",
    details: "You do not have the necessary permissions required.",
  },
  80007: {
    status: 400,
    title: "Rate limit issues",
    details: "The WhatsApp Business Account has reached its rate limit.",
  },
  130429: { status: 400, title: "Rate limit hit", details: "Cloud API message throughput has been reached." },
  130497: {
    status: 403,
    title: "Business account is restricted from messaging users in this country.",
    details: "Country.",
  },
  131000: {
    status: 500,
    title: "Something went wrong",
    details: "Message failed to send due to an unknown error.",
  },
  131008: {
    status: 400,
    title: "Required parameter is missing",
    details: "The request is missing a required parameter.",
  },
  131009: {
    status: 400,
    title: "Parameter value is not valid",
    details: "One or more parameter values are invalid.",
  },
  131016: { status: 500, title: "Service unavailable", details: "A service is temporarily unavailable." },
  131026: { status: 400, title: "Message undeliverable", details: "Message Undeliverable." },
  131031: {
    status: 403,
    title: "Account has been locked",
    details: "The account has been restricted or disabled.",
  },
  131042: {
    status: 400,
    title: "Business eligibility payment issue",
    details: "There was an error with the payment method.",
  },
  131047: { status: 400, title: "Re-engagement message", details: RE_ENGAGEMENT },
  131048: {
    status: 400,
    title: "Spam rate limit hit",
    details: "Message failed to send because of the number's quality.",
  },
  131049: {
    status: 400,
    title: "Meta chose not to deliver.",
    details: "To maintain healthy ecosystem engagement.",
  },
  131050: {
    status: 400,
    title: "User has stopped receiving marketing messages",
    details: "The recipient chose to stop them.",
  },
  131051: { status: 400, title: "Unsupported message type", details: "Unsupported message type." },
  131052: {
    status: 400,
    title: "Media download error",
    details: "Unable to download the media sent by the user.",
  },
  131053: {
    status: 400,
    title: "Media upload error",
    details: "Unable to upload the media used in the message.",
  },
  131056: {
    status: 400,
    title: "(Business Account, Consumer Account) pair rate limit hit",
    details:
      "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
  },
  131057: {
    status: 500,
    title: "Account in maintenance mode",
    details: "Business Account is in maintenance mode.",
  },
  131062: {
    status: 400,
    title: "Recipient not supported",
    details: "This message cannot be sent to a business-scoped user id.",
  },
  132000: {
    status: 400,
    title: "Template Param Count Mismatch",
    details: "The number of parameters does not match.",
  },
  132001: {
    status: 404,
    title: "Template does not exist",
    details: "Template name does not exist in the translation.",
  },
  132005: { status: 400, title: "Template Hydrated Text Too Long", details: "Translated text is too long." },
  132007: {
    status: 400,
    title: "Template Format Character Policy Violated",
    details: "Template content violates a policy.",
  },
  132012: {
    status: 400,
    title: "Template Parameter Format Mismatch",
    details: "Parameter format does not match.",
  },
  132015: { status: 400, title: "Template is Paused", details: "Template is paused due to low quality." },
  132016: { status: 400, title: "Template is Disabled", details: "Template has been paused too many times." },
  132018: {
    status: 400,
    title: "Template parameter issue",
    details: "There is an issue with the parameters in your template.",
  },
};

const UNKNOWN: MetaError = { status: 400, title: "Unknown error", details: "An unknown error occurred." };

const known = (code: number): MetaError => ERRORS[code] ?? UNKNOWN;

/** The Graph API's answer for an error of WhatsApp, as in `tests/samples/meta/send-response-error-131047.json`. */
export function metaError(code: number, details?: string): Reply {
  const { status, title, details: usual } = known(code);
  return json(status, {
    error: {
      message: `(#${code}) ${title}`,
      type: "OAuthException",
      code,
      error_data: { messaging_product: "whatsapp", details: details ?? usual },
      fbtrace_id: newId.fbtrace(),
    },
  });
}

/** A bad token. Source: Graph API "Handling errors". */
export const badToken = (): Reply =>
  json(401, {
    error: {
      message: "Invalid OAuth access token - Cannot parse access token",
      type: "OAuthException",
      code: 190,
      fbtrace_id: newId.fbtrace(),
    },
  });

/** An object which this token cannot see. Source: Graph API "Handling errors", code 100 subcode 33. */
export const unknownObject = (method: string, id: string): Reply =>
  json(400, {
    error: {
      message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
      type: "GraphMethodException",
      code: 100,
      error_subcode: 33,
      fbtrace_id: newId.fbtrace(),
    },
  });

/** An error inside a `failed` status, as in `tests/samples/meta/status-failed-131026-undeliverable.json`. */
export function statusError(code: number) {
  const { title, details } = known(code);
  return {
    code,
    title,
    message: title,
    error_data: { details },
    href: "/documentation/business-messaging/whatsapp/support/error-codes",
  };
}
