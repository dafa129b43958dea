import type Stripe from "stripe";
import type { PaymentFacts } from "../core/decide-payment";
import { stripe } from "./client";
import { isMissing } from "./errors";
import { type Origin, originOf } from "./origin";

export type Payment = {
  readonly facts: PaymentFacts;
  readonly origin: Origin | undefined;
  /** When its latest charge was made; however late we hear of it, this is the purchase's date. */
  readonly paidAt: Date;
};

const OVER: readonly string[] = ["won", "lost", "prevented"];

/** An inquiry takes no money (yet): it is no dispute to the customer's credits. */
const isInquiry = ({ status }: Stripe.Dispute): boolean => status.startsWith("warning_");

/** A payment as Stripe has it now, with what was refunded and disputed; undefined if Stripe knows none. */
export async function readPayment(paymentIntentId: string): Promise<Payment | undefined> {
  const intent = await stripe()
    .paymentIntents.retrieve(paymentIntentId, { expand: ["latest_charge"] })
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (!intent) return undefined;
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const disputes = charge?.disputed ? await disputesOf(paymentIntentId) : [];
  return {
    facts: {
      status: intent.status,
      currency: intent.currency,
      receivedPence: intent.amount_received,
      refundedPence: charge?.amount_refunded ?? 0,
      lostPence: disputes
        .filter(({ status }) => status === "lost")
        .reduce((total, { amount }) => total + amount, 0),
      disputeOpen: disputes.some((dispute) => !OVER.includes(dispute.status) && !isInquiry(dispute)),
    },
    origin: originOf(intent.metadata),
    paidAt: new Date((charge ?? intent).created * 1_000),
  };
}

async function disputesOf(paymentIntentId: string): Promise<Stripe.Dispute[]> {
  const { data } = await stripe().disputes.list({ payment_intent: paymentIntentId, limit: 100 });
  return data;
}
