import type Stripe from "stripe";
import type { ChargeFacts } from "../core/decide-top-up";
import { stripe } from "./client";
import { isMissing, isRefused } from "./errors";
import { metadataOf, type Origin } from "./origin";

export type Charge = Origin & {
  readonly attemptId: string;
  readonly customerId: string;
  readonly pricePence: number;
  readonly packName: string;
};

/**
 * A payment that nobody has confirmed: it takes no money. Asking again under the attempt's id finds the same one.
 *
 * @returns its id
 */
export async function createCharge(charge: Charge): Promise<string> {
  const params: Stripe.PaymentIntentCreateParams = {
    amount: charge.pricePence,
    currency: "gbp",
    customer: charge.customerId,
    metadata: { ...metadataOf(charge), top_up_attempt_id: charge.attemptId },
    description: `AI credits: ${charge.packName} (auto top-up)`,
    // Methods that redirect their holder cannot be charged off-session.
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  };
  const { id } = await stripe().paymentIntents.create(params, { idempotencyKey: charge.attemptId });
  return id;
}

/** One try to charge a payment. */
export type Confirmation = {
  readonly attemptId: string;
  readonly paymentIntentId: string;
  readonly paymentMethodId: string;
  /** Which one, from 1. */
  readonly attemptTry: number;
};

/**
 * Charges the card off-session. The answer is not used: the payment is read again afterwards. Each try has a key of its own, as
 * Stripe repeats even its own failure for a day under the same one, and charges no payment twice. Throws what Stripe, or the
 * way to it, threw.
 */
export async function confirmCharge(confirmation: Confirmation): Promise<void> {
  const { attemptId, paymentIntentId, paymentMethodId, attemptTry } = confirmation;
  await stripe().paymentIntents.confirm(
    paymentIntentId,
    { payment_method: paymentMethodId, off_session: true },
    { idempotencyKey: `${attemptId}:confirm:${attemptTry}` },
  );
}

/** Makes sure that a payment cannot be made any more; Stripe refuses this for one that was made, or is cancelled. */
export async function cancelCharge(
  paymentIntentId: string,
  reason: "abandoned" | "requested_by_customer",
): Promise<void> {
  try {
    await stripe().paymentIntents.cancel(paymentIntentId, { cancellation_reason: reason });
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** A charge as Stripe has it now; undefined if Stripe knows none. */
export async function readCharge(paymentIntentId: string): Promise<ChargeFacts | undefined> {
  try {
    const intent = await stripe().paymentIntents.retrieve(paymentIntentId);
    return {
      status: intent.status,
      errorCode: intent.last_payment_error?.code ?? null,
      declineCode: intent.last_payment_error?.decline_code ?? null,
      cancellationReason: intent.cancellation_reason,
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
