import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { grantCredits } from "@/lib/credits/grant-credits";
import { reverseGrant } from "@/lib/credits/reverse-grant";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { AppError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import { microcredits } from "@/lib/shared/money";
import {
  checkoutStatus,
  decidePayment,
  type PaymentDecision,
  type SessionFacts,
} from "./core/decide-payment";
import { type Checkout, findCheckout, moveCheckout } from "./store/checkouts";
import { findCustomerId } from "./store/customers";
import { isKnownEvent, keepEvent } from "./store/events";
import { claimPayment, paymentVersion } from "./store/payments";
import { recordPurchase } from "./store/purchases";
import type { StripeEvent } from "./stripe/events";
import { type Payment, readPayment } from "./stripe/read-payment";

export type PaymentOutcome = PaymentDecision["kind"] | "duplicate" | "not-ours";

export type PaymentCause = {
  /** The delivery that told us; stored together with its effects. */
  readonly event?: StripeEvent;
  /** Its Checkout session, where that was read. */
  readonly session?: SessionFacts;
};

/** Each lost race means that somebody else applied a reading: this many in a row are no race any more. */
const MAX_READINGS = 30;

/**
 * Reads a payment from Stripe and brings the ledger to where that says: the one way in which money becomes credits,
 * whoever asks first. No transaction waits for Stripe; a reading that was overtaken is thrown away and made again.
 */
export async function applyPayment(
  ctx: Ctx,
  paymentIntentId: string,
  cause: PaymentCause = {},
): Promise<PaymentOutcome> {
  requireSystem(ctx.actor);
  for (let reading = 0; reading < MAX_READINGS; reading++) {
    if (cause.event && (await isKnownEvent(cause.event.id))) return "duplicate";
    const seen = await paymentVersion(paymentIntentId);
    const payment = await readPayment(paymentIntentId);
    const checkout = payment?.origin && (await findCheckout(payment.origin));
    const outcome =
      payment && checkout
        ? await applyReading(ctx, { paymentIntentId, seen, payment, checkout }, cause)
        : await setAside(ctx, payment, cause);
    if (outcome !== "overtaken") {
      metrics.payments.inc({ outcome });
      return outcome;
    }
  }
  throw new AppError("unavailable", "This payment is being worked on. Please try again in a moment.");
}

type Reading = {
  readonly paymentIntentId: string;
  readonly seen: number;
  readonly payment: Payment;
  readonly checkout: Checkout;
};

async function applyReading(
  ctx: Ctx,
  reading: Reading,
  { event, session }: PaymentCause,
): Promise<PaymentOutcome | "overtaken"> {
  const { paymentIntentId, seen, checkout } = reading;
  const { facts } = reading.payment;
  const { orgId, id: checkoutId } = checkout;
  const at = ctx.now();
  const decision = decidePayment(facts, checkout);
  const outcome = await inTransaction(async (tx) => {
    if (!(await claimPayment(tx, { paymentIntentId, orgId, checkoutId, seen, facts, at })))
      return "overtaken";
    if (event && !(await keepEvent(tx, event, { orgId, at }))) return "duplicate";
    await moveCheckout(checkout, checkoutStatus(session, facts.status), tx);
    if (decision.kind === "paid") await credit(ctx, tx, reading, decision);
    return decision.kind;
  });
  if (outcome === "paid") accountChanged(orgId);
  if (outcome === "mismatch")
    ctx.log.error(
      { orgId, checkoutId, paymentIntentId, received: facts.receivedPence, currency: facts.currency },
      "a payment is not what was ordered: nothing was granted",
    );
  return outcome;
}

/** One key for one payment, however it became known: grants once, takes back the difference to what was taken before. */
async function credit(
  ctx: Ctx,
  tx: Queryable,
  { checkout, paymentIntentId, payment }: Reading,
  decision: Extract<PaymentDecision, { kind: "paid" }>,
): Promise<void> {
  const { orgId, packName } = checkout;
  const sourceKey = `stripe:payment_intent:${paymentIntentId}`;
  const grant = { orgId, kind: "purchased", key: sourceKey, reason: `Credit pack: ${packName}` } as const;
  await grantCredits(ctx, { ...grant, amount: microcredits(checkout.credits) }, tx);
  const takenBack = microcredits(decision.takenBack);
  await reverseGrant(ctx, { orgId, sourceKey, takenBack, reason: "Refund or dispute at Stripe" }, tx);
  await recordPurchase(tx, {
    ...checkout,
    ...decision,
    id: ctx.newId(),
    sourceKey,
    source: "manual",
    purchasedAt: payment.paidAt,
  });
  const customerId = await findCustomerId(orgId, tx);
  if (customerId) await enqueue(tx, "sync-customer", { customerId });
}

/** Somebody else's payment in the same Stripe account, or one of ours from another database. */
async function setAside(
  ctx: Ctx,
  payment: Payment | undefined,
  { event }: PaymentCause,
): Promise<PaymentOutcome> {
  if (!payment)
    ctx.log.warn({ eventId: event?.id }, "Stripe knows no payment of this id: is it another account's?");
  if (payment?.origin)
    ctx.log.error({ ...payment.origin }, "a payment names a checkout that is not in this database");
  if (event) await inTransaction((tx) => keepEvent(tx, event, { orgId: undefined, at: ctx.now() }));
  return "not-ours";
}
