import type { Ctx } from "@/lib/auth/context";
import { holdAccount } from "@/lib/credits/hold-account";
import type { Queryable } from "@/lib/db/pool";
import { enqueue } from "@/lib/queue/enqueue";
import { metrics } from "@/lib/shared/metrics";
import { consentEnded, liftsPause } from "./core/decide-top-up";
import { PAUSE_WORDS } from "./core/top-up-words";
import { mailPausedWith } from "./mail-top-up";
import type { Order } from "./store/orders";
import { endAttempt, findAttemptOfOrder } from "./store/top-up-attempts";
import { endLink, markLinkPaid } from "./store/top-up-links";
import { findTopUp, writeTrouble } from "./store/top-ups";

// What other events mean for auto top-up, each recorded in the transaction of that event.

/** What auto top-up ordered is paid: its attempt ends, and its troubles are over. Nothing for other orders. */
export async function followPaidTopUp(ctx: Ctx, tx: Queryable, order: Order): Promise<void> {
  if (order.method !== "auto_top_up") return;
  const { orgId } = order;
  await holdAccount(ctx, orgId, tx);
  const attempt = await findAttemptOfOrder(orgId, order.id, tx);
  if (!attempt || !(await endAttempt(tx, attempt, { status: "paid", reason: null, at: ctx.now() }))) return;
  metrics().topUps.inc({ outcome: "paid" });
  if (attempt.linkId) await markLinkPaid(tx, orgId, attempt.linkId, ctx.now());
  const topUp = await findTopUp(orgId, tx);
  if (!consentEnded(topUp, attempt)) {
    if (topUp?.pausedReason !== "dispute") await writeTrouble(tx, orgId);
    await endLink(tx, orgId, "paid", ctx.now());
  }
  await enqueue(tx, "watch-balance", { orgId });
}

/** The page on which an order of auto top-up could be paid is closed. Nothing for other orders. */
export async function followUnpaidTopUp(ctx: Ctx, tx: Queryable, order: Order): Promise<void> {
  if (order.method !== "auto_top_up") return;
  const attempt = await findAttemptOfOrder(order.orgId, order.id, tx);
  if (attempt?.via !== "link") return;
  const reason = consentEnded(await findTopUp(order.orgId, tx), attempt) ?? "not_paid";
  const end = { status: "withdrawn", reason, at: ctx.now() } as const;
  if (await endAttempt(tx, attempt, end)) await enqueue(tx, "watch-balance", { orgId: order.orgId });
}

/** A payment is disputed: nothing more is charged until an owner saves auto top-up again. */
export async function pauseForDispute(
  ctx: Ctx,
  tx: Queryable,
  orgId: string,
  paymentIntentId: string,
): Promise<void> {
  await holdAccount(ctx, orgId, tx);
  const topUp = await findTopUp(orgId, tx);
  if (!topUp?.enabled) return;
  await writeTrouble(tx, orgId, { ...topUp, pausedReason: "dispute", restUntil: null, restReason: null });
  const told = { cause: `dispute:${paymentIntentId}`, why: PAUSE_WORDS.dispute };
  await mailPausedWith(ctx, tx, topUp, told);
}

/** The customer has another card: a pause that the last one caused is over. */
export async function followCard(
  ctx: Ctx,
  tx: Queryable,
  orgId: string,
  fingerprint: string | null,
): Promise<void> {
  if (!(await findTopUp(orgId, tx))?.enabled) return;
  await holdAccount(ctx, orgId, tx);
  const topUp = await findTopUp(orgId, tx);
  if (!topUp?.enabled) return;
  if (liftsPause(topUp.pausedReason, topUp.failedFingerprint, fingerprint)) await writeTrouble(tx, orgId);
  if (fingerprint !== null) await enqueue(tx, "watch-balance", { orgId });
}
