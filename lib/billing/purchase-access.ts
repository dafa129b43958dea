import { type Ctx, requireMember } from "@/lib/auth/context";
import { type SubscriptionState, termsOf } from "@/lib/credits/core/subscription";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { AppError } from "@/lib/shared/errors";

/** What keeps an organisation from buying: support has frozen it, or a state that does not buy. */
export type BuyingStop = "frozen" | SubscriptionState;

type Account = { readonly state: SubscriptionState; readonly frozen: boolean };

export const mayBuyIn = (state: SubscriptionState): boolean => termsOf(state).buys;

/** Null where nothing keeps it from buying. */
export function buyingStoppedBy({ state, frozen }: Account): BuyingStop | null {
  if (!mayBuyIn(state)) return state;
  return frozen ? "frozen" : null;
}

/** The member who buys. Throws forbidden without `billing.credits.purchase`, or where nothing can be bought just now. */
export async function authorizePurchase(ctx: Ctx, orgId: string): Promise<{ readonly userId: string }> {
  const { userId } = requireMember(ctx.actor, orgId, "billing.credits.purchase");
  const stop = buyingStoppedBy(await getAccountSummary(ctx, orgId));
  // What is bought could not be used: taking money for it would be wrong.
  if (stop === "frozen")
    throw new AppError(
      "forbidden",
      "Credit packs cannot be bought just now. Please contact Torqueflow support.",
    );
  if (stop) throw new AppError("forbidden", "Credit packs need an active subscription.");
  return { userId };
}
