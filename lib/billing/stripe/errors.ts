import Stripe from "stripe";

/** True where Stripe knows no such object: it belongs to another account or mode, or is gone. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";

/** True where the customer we named is gone from Stripe. */
export const isMissingCustomer = (error: unknown): boolean =>
  isMissing(error) && error instanceof Stripe.errors.StripeError && error.param === "customer";

/**
 * True where the request may have been carried out, is being carried out for a twin (409), or was not looked at (429):
 * ask again with the same idempotency key.
 */
export const isUncertain = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeAPIError ||
  error instanceof Stripe.errors.StripeRateLimitError;
