import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { termsOf } from "@/lib/credits/core/subscription";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { AppError } from "@/lib/shared/errors";
import { readSubscriptionSession } from "./apply-subscription-session";
import { findSubscriptionOrder } from "./store/subscription-orders";
import { asOutage } from "./stripe/errors";

/** Where a purchase at Choose Your Plan stands, by what the server knows. */
export type SubscriptionProgress = "activating" | "active" | "not_completed";

/**
 * The customer came back from Stripe: applies what they did there, without waiting for the webhook. Whichever comes first
 * activates. Needs `billing.manage`; another organisation's session is not found.
 */
export async function confirmSubscription(
  ctx: Ctx,
  orgId: string,
  sessionId: string,
): Promise<{ readonly status: SubscriptionProgress }> {
  requireMember(ctx.actor, orgId, "billing.manage");
  const known = await findSubscriptionOrder({ orgId, sessionId });
  if (!known) throw new AppError("not_found", "Not found.");
  let failure: unknown;
  if (!(await isActive(ctx, orgId, sessionId)))
    await readSubscriptionSession(asSystem(ctx, "checkout"), sessionId, known).catch((error: unknown) => {
      failure = error;
    });
  // A request that lost the race finds here what the winner has done.
  if (await isActive(ctx, orgId, sessionId)) return { status: "active" };
  if (failure !== undefined) asOutage(failure);
  const order = await findSubscriptionOrder({ orgId, sessionId });
  return { status: order?.status === "completed" ? "activating" : "not_completed" };
}

async function isActive(ctx: Ctx, orgId: string, sessionId: string): Promise<boolean> {
  const [order, { state }] = await Promise.all([
    findSubscriptionOrder({ orgId, sessionId }),
    getAccountSummary(ctx, orgId),
  ]);
  return order?.status === "completed" && termsOf(state).renews;
}
