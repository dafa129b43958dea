import { type Ctx, requireMember } from "@/lib/auth/context";
import { refuseWithoutDashboard } from "@/lib/credits/dashboard-access";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { settledShortfalls } from "@/lib/credits/settled-shortfalls";
import { wholeBalance } from "@/lib/shared/money";
import { type Purchase, purchasesOf } from "./store/purchases";

export type PurchaseDto = Omit<Purchase, "purchasedAt" | "microcredits" | "sourceKey"> & {
  /** ISO 8601. */
  readonly purchasedAt: string;
  /** Whole credits. */
  readonly credits: number;
  /** How many of them settled a shortfall, before any were available. */
  readonly settledShortfall: number;
};

const MAX_PURCHASES = 100;

/** Past pack purchases, latest first. Needs `billing.credits.view`; not for trials. */
export async function listPurchases(ctx: Ctx, orgId: string): Promise<PurchaseDto[]> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  refuseWithoutDashboard((await getAccountSummary(ctx, orgId)).state, "whole");
  const purchases = await purchasesOf(orgId, MAX_PURCHASES);
  const settled = await settledShortfalls(
    ctx,
    orgId,
    purchases.map(({ sourceKey }) => sourceKey),
  );
  return purchases.map(({ purchasedAt, microcredits, sourceKey, ...purchase }) => ({
    ...purchase,
    purchasedAt: purchasedAt.toISOString(),
    credits: wholeBalance(microcredits),
    settledShortfall: wholeBalance(settled.get(sourceKey) ?? 0n),
  }));
}
