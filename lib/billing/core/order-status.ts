/** How an order is paid. */
export type OrderMethod = "checkout" | "auto_top_up" | "invoice";

export type OrderStatus = "open" | "needs_authentication" | "processing" | "paid" | "failed" | "expired";

/** What Stripe says of a Checkout session. */
export type SessionFacts = {
  /** Stripe's: open, complete, expired. */
  readonly status: string;
};

/**
 * Where an order stands. A session that is complete and not paid waits for the customer's bank, or the bank has
 * refused. A refused card leaves the session open for another one; without a session only the cardholder can help.
 *
 * @param payment the payment's status at Stripe; undefined where there is none, or where it is not what was ordered.
 */
export function orderStatus(
  method: OrderMethod,
  session: SessionFacts | undefined,
  payment: string | undefined,
): OrderStatus {
  if (payment === "succeeded") return "paid";
  if (session?.status === "expired") return "expired";
  if (session?.status === "complete") return payment === "processing" ? "processing" : "failed";
  if (payment === "processing") return "processing";
  return method === "auto_top_up" && payment === "requires_action" ? "needs_authentication" : "open";
}
