import type { Ctx } from "@/lib/auth/context";
import { accountChanged } from "@/lib/credits/account-changed";
import { holdAccount } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { metrics } from "@/lib/shared/metrics";
import {
  afterFailure,
  consentEnded,
  type FailureReason,
  LINK_MS,
  liftsPause,
  MAX_FAILURES,
  type PauseReason,
  type WithdrawnReason,
} from "./core/decide-top-up";
import { FAILURE_WORDS, PAUSE_WORDS } from "./core/top-up-words";
import { mailFailed, mailNeedsAuthentication, mailPaused } from "./mail-top-up";
import { findCustomer } from "./store/customers";
import { findOrder, moveOrder, type Order } from "./store/orders";
import { type Attempt, endAttempt, findAttempt } from "./store/top-up-attempts";
import { insertLink } from "./store/top-up-links";
import { findTopUp, type TopUp, writeTrouble } from "./store/top-ups";
import { linkUrl, tokenHashOf } from "./top-up-token";

/** How an attempt ends that took no money; what was paid ends with its grant. */
export type UnpaidEnd =
  | { readonly kind: "failed"; readonly reason: FailureReason; readonly hard: boolean }
  | { readonly kind: "needs_authentication" }
  | { readonly kind: "withdrawn"; readonly reason: WithdrawnReason };

/** Ends an attempt, once, with all that follows: a rest, a pause or a link for the cardholder, and their mails. */
export async function finishTopUp(ctx: Ctx, attempt: Attempt, end: UnpaidEnd): Promise<void> {
  const { orgId } = attempt;
  await inTransaction(async (tx) => {
    await holdAccount(ctx, orgId, tx);
    const reason = end.kind === "needs_authentication" ? null : end.reason;
    if (!(await endAttempt(tx, attempt, { status: end.kind, reason, at: ctx.now() }))) return;
    metrics().topUps.inc({ outcome: end.kind });
    const order = await findOrder({ orgId, orderId: attempt.orderId }, tx);
    const topUp = await findTopUp(orgId, tx);
    if (!order || !topUp) return;
    await moveOrder(order, end.kind === "withdrawn" ? "expired" : "failed", tx);
    if (!topUp.enabled) return;
    const ended = (await findAttempt(orgId, attempt.id, tx)) ?? attempt;
    const ending = { topUp, order, attempt: ended };
    // What was sent under terms that were replaced since says nothing of the new ones: they begin afresh.
    if (end.kind === "withdrawn" || consentEnded(topUp, attempt))
      await enqueue(tx, "watch-balance", { orgId });
    else if (end.kind === "failed") await followFailedCharge(ctx, tx, ending, end);
    else await askCardholder(ctx, tx, ending);
  });
  accountChanged(orgId);
}

type Ending = { readonly topUp: TopUp; readonly order: Order; readonly attempt: Attempt };

async function followFailedCharge(
  ctx: Ctx,
  tx: Queryable,
  ending: Ending,
  { reason, hard }: { readonly reason: FailureReason; readonly hard: boolean },
): Promise<void> {
  const { topUp, order, attempt } = ending;
  const after = afterFailure(topUp.failures, hard, ctx.now());
  const card = await failedCard(tx, attempt, reason);
  if (after.kind === "pause")
    return pause(ctx, tx, ending, { reason: after.reason, card, why: FAILURE_WORDS[reason] });
  const { until, failures } = after;
  await writeTrouble(tx, order.orgId, {
    failures,
    failedFingerprint: card,
    pausedReason: topUp.pausedReason,
    restUntil: until,
    restReason: "declined",
  });
  await enqueue(tx, "look-at-top-up", { orgId: order.orgId }, { runAt: until });
  if (after.first)
    await mailFailed(ctx, tx, {
      order,
      attemptId: attempt.id,
      why: FAILURE_WORDS[reason],
      triesAgainAt: until,
    });
}

/** The bank asks for authentication: a link for a day, unless it has asked three times in a row. */
async function askCardholder(ctx: Ctx, tx: Queryable, ending: Ending): Promise<void> {
  const { topUp, order, attempt } = ending;
  const { orgId } = order;
  const failures = topUp.failures + 1;
  if (failures >= MAX_FAILURES)
    return pause(ctx, tx, ending, {
      reason: "authentication",
      card: attempt.cardFingerprint,
      why: PAUSE_WORDS.authentication,
    });
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + LINK_MS);
  const id = ctx.newId();
  await writeTrouble(tx, orgId, {
    failures,
    failedFingerprint: attempt.cardFingerprint,
    pausedReason: topUp.pausedReason,
    restUntil: null,
    restReason: null,
  });
  await insertLink(tx, {
    orgId,
    id,
    attemptId: attempt.id,
    tokenHash: tokenHashOf(id),
    madeAt: now,
    expiresAt,
  });
  await enqueue(tx, "look-at-top-up", { orgId }, { runAt: expiresAt });
  await mailNeedsAuthentication(ctx, tx, {
    order,
    attemptId: attempt.id,
    url: linkUrl(id),
    validUntil: expiresAt,
  });
}

/** The card that failed: where the payment was refused before a card was named, the one that would have been. */
async function failedCard(tx: Queryable, attempt: Attempt, reason: FailureReason): Promise<string | null> {
  if (attempt.cardFingerprint !== null || reason === "card_gone") return attempt.cardFingerprint;
  return (await findCustomer(attempt.orgId, tx))?.chargedCard?.fingerprint ?? null;
}

type Pause = { readonly reason: PauseReason; readonly card: string | null; readonly why: string };

/** Stops until an owner saves it or another card comes; a card that was saved meanwhile is looked for. */
async function pause(
  ctx: Ctx,
  tx: Queryable,
  { topUp, order, attempt }: Ending,
  { reason, card, why }: Pause,
): Promise<void> {
  const { orgId } = order;
  const now = (await findCustomer(orgId, tx))?.chargedCard?.fingerprint ?? null;
  if (
    card !== null &&
    topUp.pausedReason === null &&
    attempt.sentAt !== null &&
    liftsPause(reason, card, now)
  ) {
    // Another card came while this one was being charged.
    await writeTrouble(tx, orgId);
    return enqueue(tx, "watch-balance", { orgId });
  }
  await writeTrouble(tx, orgId, {
    failures: topUp.failures + 1,
    failedFingerprint: card,
    pausedReason: topUp.pausedReason ?? reason,
    restUntil: null,
    restReason: null,
  });
  if (attempt.customerId !== null) await enqueue(tx, "sync-customer", { customerId: attempt.customerId });
  ctx.log.warn({ orgId, attemptId: attempt.id, reason }, "auto top-up is paused");
  await mailPaused(ctx, tx, { order, cause: attempt.id, why });
}
