import { type Ctx, requireMember } from "@/lib/auth/context";
import { refuseWithoutDashboard } from "@/lib/credits/dashboard-access";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { wholeBalance } from "@/lib/shared/money";
import { type Purchase, purchasesOf } from "./store/purchases";

export type PurchaseDto = Omit<Purchase, "purchasedAt" | "credits"> & {
  /** ISO 8601. */
  readonly purchasedAt: string;
  /** Whole credits. */
  readonly credits: number;
};

const MAX_PURCHASES = 100;

/** Past pack purchases, latest first. Needs `billing.credits.view`; not for trials. */
export async function listPurchases(ctx: Ctx, orgId: string): Promise<PurchaseDto[]> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  refuseWithoutDashboard((await getAccountSummary(ctx, orgId)).state, "whole");
  return (await purchasesOf(orgId, MAX_PURCHASES)).map(({ purchasedAt, credits, ...purchase }) => ({
    ...purchase,
    purchasedAt: purchasedAt.toISOString(),
    credits: wholeBalance(credits),
  }));
}
