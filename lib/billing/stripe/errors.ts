import { z } from "zod";
import { AppError } from "@/lib/shared/errors";

// Errors are recognised by their fields: each bundle of the built application has its own copy of the SDK's classes,
// and an error that another bundle's client has thrown is an instance of none of ours.

/** These say that Stripe was busy, whatever status they come with. */
const passing = z.enum(["rate_limit", "lock_timeout", "idempotency_key_in_use"]);

/**
 * Fields of the SDK's errors. The type alone says nothing: a wrong key (401), a missing permission (403), a lock (409) and too
 * many requests (429) are invalid requests by type as well, and say nothing of what was asked.
 * Source: https://docs.stripe.com/api/errors
 */
const refusal = z.object({
  rawType: z.enum(["invalid_request_error", "card_error"]),
  statusCode: z.union([z.literal(400), z.literal(402), z.literal(404)]),
  code: z
    .string()
    .optional()
    .refine((code) => !passing.safeParse(code).success),
  param: z.string().optional(),
});

/** True where Stripe read the request and refused it, and would again: it changed nothing. */
export const isRefused = (error: unknown): boolean => refusal.safeParse(error).success;

/** True where Stripe knows no such object: it belongs to another account or mode, or is gone. */
export const isMissing = (error: unknown): boolean =>
  refusal.safeParse(error).data?.code === "resource_missing";

/** True where the customer we named is gone from Stripe. */
export const isMissingCustomer = (error: unknown): boolean =>
  isMissing(error) && refusal.safeParse(error).data?.param === "customer";

const outage = z.union([
  z.object({ type: z.enum(["StripeConnectionError", "StripeAPIError", "StripeRateLimitError"]) }),
  z.object({ code: passing }),
]);

/** True where Stripe did not answer, failed itself, or had no time for us: the same may succeed later. */
const isOutage = (error: unknown): boolean => outage.safeParse(error).success;

/** Throws an outage of Stripe's as unavailable, in words for people; everything else as it is. */
export function asOutage(error: unknown): never {
  if (!isOutage(error)) throw error;
  throw new AppError("unavailable", "Stripe cannot be reached just now. Please try again in a moment.", {
    cause: error,
  });
}
