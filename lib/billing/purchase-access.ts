import { type Ctx, requireMember } from "@/lib/auth/context";
import { type SubscriptionState, termsOf } from "@/lib/credits/core/subscription";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { AppError } from "@/lib/shared/errors";

export const mayBuyIn = (state: SubscriptionState): boolean => termsOf(state).buys;

/** The member who buys. Throws forbidden without `billing.credits.purchase`, or where nothing can be bought just now. */
export async function authorizePurchase(ctx: Ctx, orgId: string): Promise<{ readonly userId: string }> {
  const { userId } = requireMember(ctx.actor, orgId, "billing.credits.purchase");
  const { state, frozen } = await getAccountSummary(ctx, orgId);
  if (!mayBuyIn(state)) throw new AppError("forbidden", "Credit packs need an active subscription.");
  // What is bought could not be used: taking money for it would be wrong.
  if (frozen)
    throw new AppError(
      "forbidden",
      "Credit packs cannot be bought just now. Please contact Torqueflow support.",
    );
  return { userId };
}
