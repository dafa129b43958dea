import { type Ctx, requireSystem } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { inUndoableTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import { applySubscription } from "./apply-subscription";
import { decidePayment, isSameReading, type PaymentDecision } from "./core/decide-payment";
import { orderStatus, type SessionFacts } from "./core/order-status";
import { creditPayment } from "./credit-payment";
import { followPaidTopUp, pauseForDispute } from "./follow-top-up";
import { mailDispute } from "./mail-trouble";
import { isKnownEvent, keepEvent } from "./store/events";
import { findOrder, moveOrder, type Order } from "./store/orders";
import { claimPayment, findPayment, type KnownPayment } from "./store/payments";
import type { StripeEvent } from "./stripe/events";
import { findInvoiceOfPayment } from "./stripe/read-invoices";
import { type Payment, readPayment } from "./stripe/read-payment";

/** What a reading changed; `unchanged` where it says what is known already. */
export type PaymentOutcome =
  | PaymentDecision["kind"]
  | "unchanged"
  | "duplicate"
  /** It pays a subscription, and no pack. */
  | "of-an-invoice"
  | "not-ours";

export type PaymentCause = {
  /** The delivery that told us; stored together with its effects. */
  readonly event?: StripeEvent;
  /** Its Checkout session, where that was read. */
  readonly session?: SessionFacts;
};

/** A lost race means that another process applied a reading meanwhile; so many in a row are a fault. */
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
    const known = await findPayment(paymentIntentId);
    const payment = await readPayment(paymentIntentId);
    // A payment stays with the order it was first applied to.
    const origin = known ?? payment?.origin;
    const order = origin && (await findOrder(origin));
    const outcome =
      payment && order
        ? await applyReading(ctx, { paymentIntentId, known, payment, order }, cause)
        : await setAside(ctx, paymentIntentId, payment, cause);
    if (outcome !== "overtaken") {
      metrics().payments.inc({ outcome });
      return outcome;
    }
  }
  throw new AppError("unavailable", "This payment is being worked on. Please try again in a moment.");
}

type Reading = {
  readonly paymentIntentId: string;
  /** What was known before Stripe was read. */
  readonly known: KnownPayment | undefined;
  readonly payment: Payment;
  readonly order: Order;
};

async function applyReading(
  ctx: Ctx,
  reading: Reading,
  { event, session }: PaymentCause,
): Promise<PaymentOutcome | "overtaken"> {
  const { paymentIntentId, known, order } = reading;
  const { facts } = reading.payment;
  const { orgId, id: orderId } = order;
  const at = ctx.now();
  const decision = decidePayment(facts, order);
  // Facts are stored together with their effects: the same facts again change nothing.
  const isNew = !(known && isSameReading(known.facts, facts));
  const claim = {
    paymentIntentId,
    orgId,
    orderId,
    seen: known?.version ?? 0,
    facts,
    outcome: decision.kind,
    at,
  };
  const outcome = await inUndoableTransaction<PaymentOutcome | "overtaken">(async (tx, undo) => {
    if (event && !(await keepEvent(event, { orgId, at }, tx))) return "duplicate";
    if (isNew && !(await claimPayment(tx, claim))) return undo("overtaken");
    // An amount or currency that was not ordered does not complete the order.
    const paid = decision.kind === "mismatch" ? undefined : facts.status;
    await moveOrder(order, orderStatus(order.method, session, paid), tx);
    if (isNew && decision.kind === "paid") {
      await creditPayment(ctx, tx, { order, paymentIntentId, decision, paidAt: reading.payment.paidAt });
      const disputed = { orgId, paymentIntentId, about: "pack", name: order.packName } as const;
      if (facts.disputeOpen) await mailDispute(ctx, tx, { ...disputed, amountPence: facts.receivedPence });
      await followPaidTopUp(ctx, tx, order);
      if (facts.disputeOpen && !known?.facts.disputeOpen)
        await pauseForDispute(ctx, tx, orgId, paymentIntentId);
    }
    return isNew ? decision.kind : "unchanged";
  });
  if (outcome === "paid") accountChanged(orgId);
  if (outcome === "mismatch")
    ctx.log.error(
      { orgId, orderId, paymentIntentId, received: facts.receivedPence, currency: facts.currency },
      "a payment is not what was ordered: nothing was granted",
    );
  return outcome;
}

/**
 * A payment without an order of ours: for a subscription's invoice (which grants nothing by itself), for something
 * else, of somebody else, or made by another database of ours.
 */
async function setAside(
  ctx: Ctx,
  paymentIntentId: string,
  payment: Payment | undefined,
  { event }: PaymentCause,
): Promise<PaymentOutcome> {
  const invoice = payment && !payment.origin && (await findInvoiceOfPayment(paymentIntentId));
  if (invoice) {
    const { subscriptionId, invoiceId } = invoice;
    await applySubscription(ctx, subscriptionId, { invoiceId, paymentIntentId, ...(event ? { event } : {}) });
    return "of-an-invoice";
  }
  if (!payment)
    ctx.log.warn({ eventId: event?.id }, "Stripe knows no payment of this id: is it another account's?");
  if (payment?.origin)
    ctx.log.error({ ...payment.origin }, "a payment names an order that is not in this database");
  if (event) await keepEvent(event, { orgId: undefined, at: ctx.now() });
  return "not-ours";
}
