import { type Ctx, requireSystem } from "@/lib/auth/context";
import { applySession } from "./apply-session";
import { consentEnded } from "./core/decide-top-up";
import { expireLostSession } from "./expire-lost-session";
import { finishTopUp } from "./finish-top-up";
import { endWithoutSession, findOrder } from "./store/orders";
import { findAttempt } from "./store/top-up-attempts";
import { findTopUp } from "./store/top-ups";
import { expireSession } from "./stripe/expire-session";

/**
 * Makes sure that nothing can be paid any more on the page that a link led to, and frees its attempt. Only Stripe's answer ends
 * it: what was paid meanwhile is granted, and a payment that a bank still works on is waited for.
 */
export async function closeTopUpPage(
  ctx: Ctx,
  { orgId, attemptId }: { readonly orgId: string; readonly attemptId: string },
): Promise<void> {
  requireSystem(ctx.actor);
  const attempt = await findAttempt(orgId, attemptId);
  if (attempt?.status !== "open" || attempt.via !== "link") return;
  const { orderId } = attempt;
  // A click that is just asking Stripe for the page cannot keep it any more.
  await endWithoutSession(orgId, orderId, "auto_top_up");
  const order = await findOrder({ orgId, orderId });
  if (!order) throw new Error("an attempt without its order");
  if (order.sessionId) {
    await expireSession(order.sessionId);
    await applySession(ctx, order.sessionId, { order });
  } else await expireLostSession(order);
  const status = (await findOrder({ orgId, orderId }))?.status;
  if (status !== "expired" && status !== "failed") return;
  const reason = consentEnded(await findTopUp(orgId), attempt) ?? "not_paid";
  await finishTopUp(ctx, attempt, { kind: "withdrawn", reason });
}
