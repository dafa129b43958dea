import { type Ctx, requireMember } from "@/lib/auth/context";
import { type SubscriptionState, termsOf } from "@/lib/credits/core/subscription";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { AppError } from "@/lib/shared/errors";

type Account = { readonly state: SubscriptionState; readonly frozen: boolean };

/** Whether a plan can be chosen just now: not while support has frozen the account. */
export const mayChoose = ({ state, frozen }: Account): boolean =>
  termsOf(state).plan === "to-choose" && !frozen;

/** Throws forbidden for a demonstration, which has no plan. */
export function refuseDemo(state: SubscriptionState): void {
  if (termsOf(state).plan === "none") throw new AppError("forbidden", "A demonstration has no subscription.");
}

/** The member who chooses. Throws forbidden without `billing.manage`, or where there is nothing to choose just now. */
export async function authorizeChoice(ctx: Ctx, orgId: string): Promise<{ readonly userId: string }> {
  const { userId } = requireMember(ctx.actor, orgId, "billing.manage");
  const account = await getAccountSummary(ctx, orgId);
  if (mayChoose(account)) return { userId };
  refuseDemo(account.state);
  if (account.frozen)
    throw new AppError("forbidden", "A plan cannot be chosen just now. Please contact Torqueflow support.");
  throw new AppError("conflict", ALREADY_SUBSCRIBED);
}

export const ALREADY_SUBSCRIBED = "There is a subscription already. Use Manage Subscription to change it.";
