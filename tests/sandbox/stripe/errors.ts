import { json, type Reply } from "../core/http";

/** The `error` of an answer. Source: docs.stripe.com/api/errors */
export interface ErrorBody {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
}

/** An answer that is an error. */
export class StripeFailure extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    /** Whether it is kept for the idempotency key: what failed before it began is not. */
    readonly began = true,
  ) {
    super(body.message);
  }
}

const BAD_REQUEST = 400;
const NOT_FOUND = 404;

/** A request that cannot be carried out as things stand. */
export const refusal = (message: string, more: Partial<ErrorBody> = {}): StripeFailure =>
  new StripeFailure(BAD_REQUEST, { type: "invalid_request_error", message, ...more });

/** A request that cannot be understood; it never began. */
export const misuse = (message: string, more: Partial<ErrorBody> = {}): StripeFailure =>
  new StripeFailure(BAD_REQUEST, { type: "invalid_request_error", message, ...more }, false);

/** Of the object in the path 404, of one that is named by a parameter 400. */
export const noSuch = (kind: string, id: string, param?: string): StripeFailure =>
  new StripeFailure(param === undefined ? NOT_FOUND : BAD_REQUEST, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
    param: param ?? "id",
  });

export function errorReply(status: number, body: ErrorBody, headers: Record<string, string> = {}): Reply {
  const docs = body.code === undefined ? {} : { doc_url: docUrl(body.code) };
  return json(status, { error: { ...docs, ...body } }, headers);
}

const docUrl = (code: string): string => `https://docs.stripe.com/error-codes/${code.replaceAll("_", "-")}`;

const BY_STATUS: Readonly<Record<number, Pick<ErrorBody, "type" | "message" | "code">>> = {
  401: { type: "invalid_request_error", message: "Invalid API Key provided." },
  403: { type: "invalid_request_error", message: "The provided key does not have the required permissions." },
  409: {
    type: "invalid_request_error",
    code: "lock_timeout",
    message:
      "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
  },
  429: {
    type: "invalid_request_error",
    code: "rate_limit",
    message:
      "Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.",
  },
};

/** Stripe's own words for a status, as a scripted error says them. */
export function statusReply(status: number, message?: string, headers: Record<string, string> = {}): Reply {
  const body = BY_STATUS[status] ?? {
    type: "api_error" as const,
    message: "Sorry! There was an error while talking to the Stripe API. (sandbox)",
  };
  return errorReply(status, { ...body, ...(message === undefined ? {} : { message }) }, headers);
}
