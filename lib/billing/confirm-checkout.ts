import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { applySession } from "./apply-session";
import type { OrderStatus } from "./core/order-status";
import { findOrder } from "./store/orders";
import { asOutage } from "./stripe/errors";

/**
 * The customer came back from Stripe: credits what they paid, without waiting for the webhook. Whichever comes first
 * grants. Needs `billing.credits.purchase`; another organisation's session is not found.
 */
export async function confirmCheckout(
  ctx: Ctx,
  orgId: string,
  sessionId: string,
): Promise<{ readonly status: OrderStatus }> {
  requireMember(ctx.actor, orgId, "billing.credits.purchase");
  const known = await findOrder({ orgId, sessionId });
  if (!known) throw new AppError("not_found", "Not found.");
  if (known.status === "paid") return { status: "paid" };
  let failure: unknown;
  await applySession(asSystem(ctx, "checkout"), sessionId, { order: known }).catch((error: unknown) => {
    failure = error;
  });
  // A request that lost the race finds here what the winner has done.
  const status = (await findOrder({ orgId, sessionId }))?.status ?? known.status;
  if (failure !== undefined && status !== "paid") asOutage(failure);
  return { status };
}
