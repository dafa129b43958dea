import { type Ctx, requireSystem } from "@/lib/auth/context";
import { holdAccount } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { applyPayment } from "./apply-payment";
import {
  type ChargeOutcome,
  chargeOutcome,
  claimLapsed,
  consentEnded,
  monthOf,
  type WithdrawnReason,
} from "./core/decide-top-up";
import { finishTopUp } from "./finish-top-up";
import { findCustomerId, keepChargedCard } from "./store/customers";
import { findOrder, type Order } from "./store/orders";
import { type Attempt, findAttempt, keepCustomerOf, keepIntent, markSent } from "./store/top-up-attempts";
import { findTopUp } from "./store/top-ups";
import { cancelCharge, confirmCharge, createCharge, readCharge } from "./stripe/charge";
import { findChargedCard } from "./stripe/default-card";
import { isMissing, isMissingCustomer, isRefused } from "./stripe/errors";
import { gatherFacts } from "./top-up-facts";

/** Stripe remembers a key for a day; after that the same request could make a second payment. */
const SAME_ANSWER_MS = 23 * 3_600_000;

const CARD_GONE = { kind: "failed", reason: "card_gone", hard: true } as const;
const REFUSED = { kind: "failed", reason: "refused", hard: false } as const;

/**
 * Charges what was claimed. The payment is made unconfirmed under the attempt's id, its id is stored, and only then it is
 * confirmed; what became of it is read again each time. So a run that was cut off anywhere is taken up by the next one, which
 * finds the same payment. A payment that is given up is cancelled first; of an attempt that was withdrawn before it was sent,
 * whatever was made at Stripe is cancelled.
 */
export async function chargeTopUp(
  ctx: Ctx,
  { orgId, attemptId }: { readonly orgId: string; readonly attemptId: string },
): Promise<void> {
  requireSystem(ctx.actor);
  const attempt = await findAttempt(orgId, attemptId);
  if (attempt?.via !== "charge") return;
  const order = await findOrder({ orgId, orderId: attempt.orderId });
  if (!order) throw new Error("an attempt without its order");
  if (attempt.status === "withdrawn") return cancelLeft(ctx, attempt, order);
  if (attempt.status !== "open") return;
  const begun = attempt.paymentIntentId ?? (await begin(ctx, attempt, order));
  if (begun === undefined) return;
  const resumed = attempt.paymentIntentId !== null;
  const outcome = resumed ? await outcomeOf(begun) : ({ kind: "unsent" } as const);
  await conclude(ctx, attempt, begun, outcome.kind === "unsent" ? await send(ctx, attempt, begun) : outcome);
}

/** The id of the attempt's payment, stored; undefined where the attempt has ended instead. */
async function begin(ctx: Ctx, attempt: Attempt, order: Order): Promise<string | undefined> {
  const { orgId, id: attemptId, orderId, pricePence } = attempt;
  if (ctx.now().getTime() - attempt.claimedAt.getTime() > SAME_ANSWER_MS) {
    await finishTopUp(ctx, attempt, { kind: "withdrawn", reason: "not_finished" });
    return undefined;
  }
  const customer = attempt.customerId ?? (await findCustomerId(orgId));
  if (customer === undefined) {
    await finishTopUp(ctx, attempt, CARD_GONE);
    return undefined;
  }
  const customerId = await keepCustomerOf(attempt, customer);
  const charge = { orgId, orderId, attemptId, customerId, pricePence, packName: order.packName };
  const made = await createCharge(charge).catch(async (error: unknown) => {
    if (!isRefused(error)) throw error;
    ctx.log.error({ err: error, orgId, attemptId }, "Stripe refused to make a payment for auto top-up");
    await finishTopUp(ctx, attempt, isMissingCustomer(error) ? CARD_GONE : REFUSED);
    return undefined;
  });
  if (made === undefined || (await keepIntent(attempt, made))) return made;
  await cancelCharge(made, "requested_by_customer");
  return undefined;
}

async function outcomeOf(paymentIntentId: string): Promise<ChargeOutcome> {
  const read = await readCharge(paymentIntentId);
  return read ? chargeOutcome(read) : REFUSED;
}

/** Cancels what a withdrawn attempt has made at Stripe, also where the answer that named it was lost. */
async function cancelLeft(ctx: Ctx, attempt: Attempt, order: Order): Promise<void> {
  const { orgId, id: attemptId, orderId, pricePence, customerId } = attempt;
  let left = attempt.paymentIntentId;
  const isKnown = ctx.now().getTime() - attempt.claimedAt.getTime() <= SAME_ANSWER_MS;
  // Without a customer nothing was ever asked of Stripe.
  if (left === null && customerId !== null && isKnown) {
    const charge = { orgId, orderId, attemptId, customerId, pricePence, packName: order.packName };
    left = await createCharge(charge).catch((error: unknown) => {
      if (!isRefused(error)) throw error;
      return null;
    });
  }
  if (left === null) return;
  const outcome = await giveUp(left, { kind: "withdrawn" });
  if (outcome.kind === "paid") await applyPayment(ctx, left);
}

/**
 * Confirms the payment with the card as it is now, unless something has happened since the claim that forbids it, or makes it
 * needless. That is asked in the transaction that records it as sent, under the account's lock: a save that comes first has
 * withdrawn it, one that comes later finds it sent.
 */
async function send(ctx: Ctx, attempt: Attempt, paymentIntentId: string): Promise<ChargeOutcome> {
  const { orgId, id: attemptId } = attempt;
  const customerId = attempt.customerId ?? (await findAttempt(orgId, attemptId))?.customerId;
  const card = customerId ? await findChargedCard(customerId) : undefined;
  // A pause is held against it: what comes after this is another card.
  if (customerId) await keepChargedCard(customerId, card ?? null);
  const attemptTry = await inTransaction(async (tx) => {
    if (await forbids(ctx, attempt, tx)) return undefined;
    return card ? markSent(tx, attempt, card, ctx.now()) : null;
  });
  if (attemptTry === undefined) return giveUp(paymentIntentId, { kind: "withdrawn" });
  if (attemptTry === null || !card) return giveUp(paymentIntentId, CARD_GONE);
  const { paymentMethodId } = card;
  let failure: unknown;
  await confirmCharge({ attemptId, paymentIntentId, paymentMethodId, attemptTry }).catch((error: unknown) => {
    failure = error;
  });
  const outcome = await outcomeOf(paymentIntentId);
  if (outcome.kind !== "unsent") return outcome;
  if (isRefused(failure)) return giveUp(paymentIntentId, isMissing(failure) ? CARD_GONE : REFUSED);
  throw failure ?? new AppError("unavailable", "A charge was not carried out.");
}

/** Why a claimed charge may not be made any more; undefined where it may. */
async function forbids(ctx: Ctx, attempt: Attempt, tx: Queryable): Promise<WithdrawnReason | undefined> {
  const { orgId, month, pricePence } = attempt;
  const account = await holdAccount(ctx, orgId, tx);
  const topUp = await findTopUp(orgId, tx);
  const ended = consentEnded(topUp, attempt);
  if (ended || !topUp) return ended;
  if (monthOf(ctx.now()) !== month) return "month_passed";
  const { facts } = await gatherFacts(ctx, tx, topUp, account);
  return claimLapsed(facts, pricePence, ctx.now());
}

/**
 * Cancels the payment. Returns `otherwise`, or what became of the payment if it was made before it could be cancelled.
 */
async function giveUp(paymentIntentId: string, otherwise: ChargeOutcome): Promise<ChargeOutcome> {
  await cancelCharge(paymentIntentId, "requested_by_customer");
  const outcome = await outcomeOf(paymentIntentId);
  if (outcome.kind === "unsent") throw new AppError("unavailable", "A charge could not be cancelled.");
  return outcome.kind === "withdrawn" ? otherwise : outcome;
}

async function conclude(
  ctx: Ctx,
  attempt: Attempt,
  paymentIntentId: string,
  outcome: ChargeOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case "paid": {
      // The attempt ends in the transaction that grants.
      const applied = await applyPayment(ctx, paymentIntentId);
      if (applied === "mismatch") await finishTopUp(ctx, attempt, REFUSED);
      return;
    }
    case "processing":
    case "unsent":
      return;
    case "withdrawn":
      await finishTopUp(ctx, attempt, {
        kind: "withdrawn",
        reason: (await inTransaction((tx) => forbids(ctx, attempt, tx))) ?? "not_finished",
      });
      return;
    case "needs_authentication":
    case "failed": {
      await cancelCharge(paymentIntentId, "abandoned");
      // The payment was made before it could be cancelled: its credits are granted.
      const read = await outcomeOf(paymentIntentId);
      if (read.kind === "paid") await conclude(ctx, attempt, paymentIntentId, read);
      else await finishTopUp(ctx, attempt, outcome);
    }
  }
}
