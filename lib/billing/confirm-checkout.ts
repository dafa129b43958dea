import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { applySession } from "./apply-session";
import type { CheckoutStatus } from "./core/decide-payment";
import { findCheckout } from "./store/checkouts";

/**
 * The customer came back from Stripe: credits what they paid, without waiting for the webhook. Whichever comes first
 * grants. Needs `billing.credits.purchase`; another organisation's session is not found.
 */
export async function confirmCheckout(
  ctx: Ctx,
  orgId: string,
  sessionId: string,
): Promise<{ readonly status: CheckoutStatus }> {
  requireMember(ctx.actor, orgId, "billing.credits.purchase");
  const known = await findCheckout({ orgId, sessionId });
  if (!known) throw new AppError("not_found", "Not found.");
  if (known.status !== "paid") await applySession(asSystem(ctx, "checkout"), sessionId, { checkout: known });
  return { status: (await findCheckout({ orgId, sessionId }))?.status ?? known.status };
}
